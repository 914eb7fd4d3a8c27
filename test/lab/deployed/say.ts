import type { Event } from '../../../agent/model/event.ts';
import type { StatusDocument } from '../../../agent/model/status.ts';
import type { Login } from '../login.ts';
import { until } from '../until.ts';

/** What Holdfast in the machine says of itself. A command of ours takes seconds there; its state file does not. */
export const statusOf = async (root: Login): Promise<StatusDocument> =>
  JSON.parse(await root.must('cat /var/lib/holdfast/state.json')) as StatusDocument;

/** All that was recorded since, ms of the machine's clock. */
export const eventsSince = async (root: Login, since: number): Promise<Event[]> => {
  const time = new Date(since).toISOString();
  const lines = await root.must(`holdfast events --json --since ${time} --limit 1000`, {
    limitMs: 120_000,
  });
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event);
};

/** The machine's clock, ms. */
export const clockOf = async (root: Login): Promise<number> =>
  Number(await root.must('date +%s%3N'));

/** Each session and the life it lives: equal before and after, nothing happened to any. */
export const livesOf = ({ sessions }: StatusDocument): string[] =>
  sessions.map(({ session, status, life }) => `${session} ${status} ${life}`).sort();

/** Waits until a status is so. The document is written once a second. */
export const untilStatus = (
  root: Login,
  what: string,
  isSo: (status: StatusDocument) => boolean,
  limitMs = 60_000,
): Promise<StatusDocument> =>
  until(
    what,
    async () => {
      const status = await statusOf(root);
      return isSo(status) ? status : null;
    },
    limitMs,
  );

/** Whether every declared session is up, all links are connected and the document is of now. */
export const isWell = async (root: Login): Promise<boolean> => {
  const { writtenAt, sessions, links } = await statusOf(root);
  const fresh = (await clockOf(root)) - writtenAt < 15_000;
  const declared = sessions.filter((session) => session.declared);
  return (
    fresh &&
    declared.length > 0 &&
    declared.every(({ status }) => status === 'up') &&
    links.every(({ connected }) => connected)
  );
};

export const untilWell = (root: Login, limitMs = 90_000): Promise<boolean> =>
  until('all sessions up, all links connected', () => isWell(root), limitMs);
