import type { StatusDocument } from '../../../agent/model/status/status.ts';
import type { Login } from '../login.ts';
import { until } from '../until.ts';
import { sessionCount, settings } from './settings.ts';

/** What Holdfast in the machine says of itself. A command of ours takes seconds there; its state file does not. */
export const statusOf = async (root: Login): Promise<StatusDocument> =>
  JSON.parse(await root.must('cat /var/lib/holdfast/state.json')) as StatusDocument;

/** Each session and the life it lives: equal before and after, nothing happened to any. */
export const livesOf = ({ sessions }: StatusDocument): string[] =>
  sessions.map(({ session, status, life }) => `${session} ${status} ${life}`).sort();

/** The machine's clock, ms. */
export const clockOf = async (root: Login): Promise<number> =>
  Number(await root.must('date +%s%3N'));

/** Waits until a status is so. The document is written once a second. */
export const untilStatus = (
  root: Login,
  what: string,
  isSo: (status: StatusDocument) => boolean,
  limitMs = 240_000,
): Promise<StatusDocument> =>
  until(
    what,
    async () => {
      const status = await statusOf(root);
      return isSo(status) ? status : null;
    },
    limitMs,
  );

/** What was done a moment ago is in a document this much younger, ms of the machine's clock. */
const settleMs = 1500;

/** So far may a document be ahead of a clock that was read before it. */
const aheadMs = 10_000;

/** Why a document does not say that all is well, by one that is written after `from`. */
const illsOf = (
  { sessions, links, writtenAt }: StatusDocument,
  { from, now }: { from: number; now: number },
): string[] => {
  const declared = sessions.filter((session) => session.declared);
  const connected = links.filter((link) => link.connected).length;
  return [
    ...(writtenAt < from ? [`it is of ${writtenAt}, and one after ${from} is wanted`] : []),
    ...(writtenAt > now + aheadMs ? [`it is of ${writtenAt}, and now is ${now}`] : []),
    ...(declared.length < sessionCount ? [`${declared.length} sessions are declared`] : []),
    ...declared
      .filter(({ status }) => status !== 'up')
      .map(({ session, status }) => `${session} is ${status}`),
    ...(connected < settings.holdfast_owners.length ? [`${connected} links are connected`] : []),
  ];
};

/**
 * Every declared session is up and the link of each owner is connected, by a document written after this was called.
 * @returns it
 */
export const untilWell = async (root: Login, limitMs = 600_000): Promise<StatusDocument> => {
  let from = (await clockOf(root)) + settleMs;
  return until(
    'all sessions up, all links connected',
    async () => {
      const now = await clockOf(root);
      // A suite may have set the clock back meanwhile: what was written before then seems to come from the future.
      from = Math.min(from, now + settleMs);
      const status = await statusOf(root);
      const ills = illsOf(status, { from, now });
      if (ills.length > 0) throw new Error(ills.join('; '));
      return status;
    },
    limitMs,
  );
};
