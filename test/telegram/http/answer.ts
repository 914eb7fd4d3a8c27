import type { ServerResponse } from 'node:http';
import { ApiError } from '../api-error.ts';

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** What went wrong, in words. */
  description: string | undefined;
}

export const json = (status: number, value: object, description?: string): Answer => ({
  ...{ status, description, headers: { 'Content-Type': 'application/json' } },
  body: Buffer.from(JSON.stringify(value)),
});

export const success = (result: unknown): Answer => json(200, { ok: true, result });

/** As the Bot API tells an error. What is none of ours is a mistake in this server, and said as one. */
export const failure = (error: unknown): Answer => {
  const known = error instanceof ApiError;
  const { code, message, parameters } = known
    ? error
    : new ApiError(500, `Internal Server Error: ${(error as Error).stack}`);
  const value = { ok: false, error_code: code, description: message };
  const answer = json(code, parameters ? { ...value, parameters } : value, message);
  const retryAfter = parameters?.retry_after;
  if (retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(retryAfter) } };
};

export const begin = (response: ServerResponse, { status, headers, body }: Answer): void => {
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
};

export const give = (response: ServerResponse, answer: Answer): void => {
  begin(response, answer);
  response.end(answer.body);
};
