import { setTimeout as wait } from 'node:timers/promises';
import type { Journal } from '../sources/journal.ts';
import { unitFact } from '../sources/parse/unit-messages.ts';
import type { Shown } from './shown.ts';

/** How a run ended, as the journal has it: one that systemd forgot, or one that failed. */
export interface PastRun {
  result: string;
  exit: Shown['exit'];
  /** When its main process ended, or the unit, ms since the epoch. */
  endedAt: number;
  /** systemd was told to stop it. */
  stopped: boolean;
}

/** Answers null where the journal cannot be read, or has nothing of that run. */
export type AskPastRun = (
  unit: string,
  invocation: string,
  since: number,
) => Promise<PastRun | null>;

/** A unit that runs again does not wait longer for its past to be known. ms */
const limitMs = 5000;

/** On a busy machine the journal is a moment behind: where it has nothing it is read once more, after so long. ms */
const againMs = 1000;

const source = 'journal';
const fields = [
  ...['UNIT', 'JOB_TYPE', 'JOB_RESULT', 'UNIT_RESULT', 'EXIT_CODE', 'EXIT_STATUS'],
  'COMMAND',
];

/** Of a run that was looked at long ago the end is not far back. ms */
const slackMs = 60_000;

type Fact = NonNullable<ReturnType<typeof unitFact>>;

const isStop = (fact: Fact): boolean =>
  fact.kind === 'unit-job' &&
  fact.phase === 'begun' &&
  (fact.job === 'stop' || fact.job === 'restart');

const pastIn = (facts: readonly Fact[]): PastRun | null => {
  const exit = facts.findLast((fact) => fact.kind === 'unit-exit');
  const result = facts.findLast((fact) => fact.kind === 'unit-result');
  const end = exit ?? result;
  if (!end) return null;
  const how = exit?.how === 'exited' ? 'status' : 'signal';
  return {
    result: result?.result ?? 'success',
    exit: exit ? { status: null, signal: null, [how]: exit.status } : null,
    endedAt: end.at,
    stopped: facts.some(isStop),
  };
};

/** What the first process wrote of a run, by systemd's own name for that run. */
export const createPastRuns =
  (
    journal: Pick<Journal, 'read'>,
    now: () => number,
    pause: (ms: number) => Promise<unknown> = (ms) => wait(ms),
  ): AskPastRun =>
  async (unit, invocation, since) => {
    const matches = ['_PID=1', `UNIT=${unit}`, `INVOCATION_ID=${invocation}`];
    const giveUp = AbortSignal.timeout(limitMs);
    const look = async (): Promise<PastRun | null> => {
      const span = { since: since - slackMs, until: now() + slackMs };
      const { found } = await journal.read({ span, matches, fields }, giveUp);
      return pastIn(found.flatMap((entry) => unitFact(entry, source) ?? []));
    };
    try {
      const past = await look();
      if (past) return past;
      await pause(againMs);
      return await look();
    } catch {
      return null;
    }
  };
