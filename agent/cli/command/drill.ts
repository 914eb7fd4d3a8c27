import { readFileSync } from 'node:fs';
import type { Client } from '../../api/client.ts';
import type { EventOf } from '../../model/event.ts';
import type { Pane } from '../../model/events/session.ts';
import { Failure } from '../../model/failure.ts';
import { parseProcStat } from '../../model/proc-stat.ts';
import type { SessionStatus, StatusDocument } from '../../model/status.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { type EventWatch, watchEvents } from '../frame/await-event.ts';
import { exitCode } from '../frame/exit.ts';
import { usageFailure } from '../frame/parse.ts';
import { printJson } from '../frame/print-json.ts';
import { readNewest } from '../frame/read-events.ts';
import { printable } from '../printable.ts';
import { duration } from '../view/time.ts';
import { printWhy } from './why.ts';

export interface DrillValues {
  session: string | undefined;
  yes: boolean;
}

type Victim = SessionStatus & { life: string };

const isDemo = (session: string): boolean => /^demo-\d+$/.test(session);
const isAlive = (session: SessionStatus): session is Victim =>
  session.status === 'up' && session.life !== null;

/** @throws Failure when there is none, or it is no demo and nobody said --yes */
export const chooseVictim = (
  { sessions }: StatusDocument,
  { session, yes }: DrillValues,
): Victim => {
  if (session !== undefined && !yes) {
    throw usageFailure(`this kills ${session} for real: add --yes if that is meant`);
  }
  const alive = sessions.filter(isAlive);
  const found =
    session === undefined
      ? alive.find((candidate) => candidate.declared && isDemo(candidate.session))
      : alive.find((candidate) => candidate.session === session);
  if (found) return found;
  const message =
    session === undefined
      ? 'no demo session is up; name another: holdfast drill --session SESSION --yes'
      : `no session ${session} is up`;
  throw new Failure('no-such-session', message);
};

/** Our own map of panes, as the events have it: tmux need not be asked. */
const panesOf = async (client: Client, { life, session }: Victim): Promise<Pane[]> => {
  const { events } = await readNewest(
    client,
    { session, types: ['supervision.started', 'session.panes_changed'] },
    20,
  );
  const last = events.findLast(
    (event): event is EventOf<'supervision.started'> | EventOf<'session.panes_changed'> =>
      (event.type === 'supervision.started' || event.type === 'session.panes_changed') &&
      event.data.life === life,
  );
  return last?.data.panes ?? [];
};

/** False when the pid belongs to another process by now. */
const isStill = ({ pid, startTime }: Pane): boolean => {
  try {
    return parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.startTime === startTime;
  } catch {
    return false;
  }
};

const kill = (panes: readonly Pane[], session: string): number[] => {
  const pids = panes.filter(isStill).map(({ pid }) => pid);
  if (pids.length === 0) throw new Failure('no-process', `the process of ${session} is not known`);
  try {
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  } catch (cause) {
    const message = `cannot kill ${session}: ${(cause as Error).message}`;
    throw new Failure('not-permitted', message, { cause });
  }
  return pids;
};

/** Long against the 600 ms a verdict may take, ms. */
const patienceMs = 10_000;

interface Noticed {
  incident: string;
  noticedMs: number;
}

const awaitDeath = async (watch: EventWatch, life: string, killedAt: number): Promise<Noticed> => {
  const noticed = await watch.first(
    (event) =>
      event.type === 'session.died' && event.data.life === life
        ? { incident: event.data.incident, noticedMs: performance.now() - killedAt }
        : undefined,
    patienceMs,
  );
  if (noticed) return noticed;
  throw new Failure('not-noticed', `the death was not noticed in ${duration(patienceMs)}`);
};

const awaitVerdict = async (watch: EventWatch, incident: string): Promise<void> => {
  const reached = await watch.first(
    (event) =>
      event.type === 'verdict.reached' && event.data.incident === incident ? true : undefined,
    patienceMs,
  );
  if (!reached) throw new Failure('no-verdict', `no verdict in ${duration(patienceMs)}`);
};

const awaitReturn = (watch: EventWatch, { session, life }: Victim): Promise<true | null> =>
  watch.first(
    (event) =>
      event.type === 'supervision.started' &&
      event.data.session === session &&
      event.data.life !== life
        ? true
        : undefined,
    patienceMs,
  );

/** Kills one life for real, waits until Holdfast has seen, explained and mended it, and prints the page. */
export const drill = (context: Context, values: DrillValues): Promise<number> =>
  withAgent(context, async (client) => {
    const { stdout, json } = context;
    const say = (text: string): void => {
      if (!json) stdout.line(stdout.paint('dim', printable(text)));
    };
    const victim = chooseVictim(await client.call('status', {}), values);
    const { session } = victim;
    const panes = await panesOf(client, victim);
    const watch = await watchEvents(client, [
      'session.died',
      'verdict.reached',
      'supervision.started',
    ]);
    const killedAt = performance.now();
    const pids = kill(panes, session);
    say(`kill -9 ${pids.join(' ')}: the program of ${session}`);
    const { incident, noticedMs } = await awaitDeath(watch, victim.life, killedAt);
    say(`noticed after ${duration(noticedMs)}`);
    await awaitVerdict(watch, incident);
    if (victim.declared && (await awaitReturn(watch, victim))) {
      say(`back after ${duration(performance.now() - killedAt)}`);
    }
    const report = await client.call('incident', { id: incident });
    if (json) printJson(stdout, { session, pids, noticedMs, ...report });
    else {
      stdout.line();
      await printWhy(context, client, report, session);
    }
    return exitCode.ok;
  });
