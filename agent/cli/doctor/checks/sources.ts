import { type Check, findingsOf } from '../check.ts';

const { ok, unknown } = findingsOf('sources');

/** What else is asked about a death. None is needed, so one that cannot be read is no warning. */
export const sources: Check = (_machine, _servers, evidence) =>
  (evidence?.sources ?? []).map(({ name, ok: isRead, why, advice }) =>
    isRead
      ? ok({ title: `${name} is read as evidence`, detail: '' })
      : unknown({
          title: `what ${name} would tell of a death`,
          detail: [why, advice && `what to do: ${advice}`]
            .filter((text) => text !== null)
            .join('; '),
        }),
  );
