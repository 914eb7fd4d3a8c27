import { GrammyError, HttpError } from 'grammy';

const reasonOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );

/** What the server said to a call it refused. */
export const refusal = async (call: Promise<unknown>): Promise<GrammyError> => {
  const reason = await reasonOf(call);
  if (reason instanceof GrammyError) return reason;
  throw reason;
};

/** How a call failed that got no answer, or none that can be read. */
export const breakdown = async (call: Promise<unknown>): Promise<HttpError> => {
  const reason = await reasonOf(call);
  if (reason instanceof HttpError) return reason;
  throw reason;
};
