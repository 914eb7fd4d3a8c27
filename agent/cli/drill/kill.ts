import { readFileSync } from 'node:fs';
import type { EventOf } from '../../model/event.ts';
import type { Pane } from '../../model/events/session.ts';
import { Failure, messageOf } from '../../model/failure.ts';
import { parseProcStat } from '../../model/proc-stat.ts';
import type { Client } from '../../protocol/client.ts';
import { readNewest } from '../frame/read-events.ts';
import type { Victim } from './victim.ts';

type WithPanes = EventOf<'supervision.started'> | EventOf<'session.panes_changed'>;

/** The panes of a life, as the events have them: tmux need not be asked. */
export const panesOf = async (client: Client, { life, session }: Victim): Promise<Pane[]> => {
  const { events } = await readNewest(
    client,
    { session, types: ['supervision.started', 'session.panes_changed'] },
    20,
  );
  const last = events.findLast(
    (event): event is WithPanes =>
      (event.type === 'supervision.started' || event.type === 'session.panes_changed') &&
      event.data.life === life,
  );
  return last?.data.panes ?? [];
};

/**
 * False when the pid belongs to another process by now, or to none of this server's children: which processes are in
 * its panes the owner says, and root may be asked to kill them.
 */
const isStill = ({ pid, startTime }: Pane, server: number): boolean => {
  try {
    const stat = parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return stat?.startTime === startTime && stat.ppid === server;
  } catch {
    return false;
  }
};

/**
 * Sends SIGKILL to what runs in the panes.
 * @param server pid of the tmux server; null: not known
 * @returns the pids
 * @throws Failure
 */
export const killPanes = (
  panes: readonly Pane[],
  session: string,
  server: number | null,
): number[] => {
  const pids = panes
    .filter((pane) => server !== null && isStill(pane, server))
    .map(({ pid }) => pid);
  if (pids.length === 0) throw new Failure('no-process', `the process of ${session} is not known`);
  try {
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  } catch (cause) {
    const message = `cannot kill ${session}: ${messageOf(cause)}`;
    throw new Failure('not-permitted', message, { cause });
  }
  return pids;
};
