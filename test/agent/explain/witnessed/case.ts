import type { Evidence } from '../../../../agent/explain/evidence.ts';
import type { DeathRecord } from '../../../../agent/model/events/death.ts';
import type { Testimony } from '../../../../agent/model/witnessed.ts';
import { death } from '../sample-death.ts';
import { atSecond, readTrace, type Seen, startTimeOf } from './read-trace.ts';

type Exit = { status?: number; signal?: number } | null;

/** The death of a session whose one pane had the leader `pid`, found three milliseconds after `seconds` of a trace. */
export const deathOf = (
  pid: number,
  seconds: number,
  exit: Exit = null,
  changes: Partial<DeathRecord> = {},
): DeathRecord => {
  const found = atSecond(seconds) + 3;
  const ended = exit && { status: exit.status ?? null, signal: exit.signal ?? null };
  const { session = 'api' } = changes;
  return death({
    ...{ found, lastSeen: found - 900, ageMs: 600_000, session, tmuxName: session },
    instance: { pid: 9638, startTime: startTimeOf(9638) },
    panes: [
      { id: '%1', pid, startTime: startTimeOf(pid), command: '', exit: ended, historyLines: 0 },
    ],
    exit: ended && { ...ended, at: Math.floor(found / 1000) * 1000 },
    ...changes,
  });
};

/** Evidence with what the witness said. */
export const told = (
  testimony: Testimony,
  deaths: readonly DeathRecord[],
  changes: Partial<Evidence> = {},
): Evidence => ({
  server: {
    ...{ name: 'main', managed: true, socket: '/run/tmux/main.sock' },
    instance: deaths[0]?.instance ?? null,
  },
  ...{ serverEnd: null, trouble: null, reboot: null, ooms: [] },
  ...{ deaths, testimony, ours: [], panes: {}, users: {} },
  ...changes,
});

/** The same of a recorded trace. */
export const recorded = (
  trace: string,
  seen: Seen,
  deaths: readonly DeathRecord[],
  changes: Partial<Evidence> = {},
): Evidence => told(readTrace(trace, seen), deaths, changes);

/** A server that ended at `seconds` of a trace. */
export const serverEnded = (
  how: 'exited' | 'killed' | 'unknown',
  seconds: number,
): Evidence['serverEnd'] => ({ at: atSecond(seconds) + 3, how, text: '%exit' });

/** The tmux server of a trace. */
export const serverOf = (pid: number) => ({
  ...{ name: 'main', managed: true, socket: '/run/tmux/main.sock' },
  instance: { pid, startTime: startTimeOf(pid) },
});
