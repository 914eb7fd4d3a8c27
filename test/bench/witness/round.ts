import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { tmuxOn, tmuxScript } from '../../e2e/tmux.ts';
import { createSessions, idle, mainSocket } from '../fleet.ts';
import type { Heard } from '../heard.ts';
import type { Stack } from '../stack.ts';

const run = promisify(execFile);

/** Among so many benign ends hides one kill. */
export const among = 100;

/** Sessions of one round, by how they end. */
export interface Round {
  /** Their shell is left, by Ctrl-D. */
  shells: string[];
  /** Stopped by an operator. */
  stopped: string[];
  /** Closed while their window lives on in `keeper`. */
  moved: string[];
  keeper: string;
  victim: string;
}

export const roundOf = (round: number): Round => {
  const names = Array.from({ length: among }, (_, i) => `benign-${round}-${i}`);
  const third = Math.floor(among / 3);
  return {
    shells: names.slice(0, third),
    stopped: names.slice(third, 2 * third),
    moved: names.slice(2 * third),
    ...{ keeper: `keeper-${round}`, victim: `victim-${round}` },
  };
};

export interface Scene {
  stack: Stack;
  heard: Heard;
  random(): number;
}

export const begin = async ({ stack, heard }: Scene, round: Round): Promise<number> => {
  const before = heard.head();
  const { shells, stopped, moved, keeper, victim } = round;
  const socket = mainSocket(stack);
  await createSessions(socket, [...stopped, ...moved, keeper, victim], idle);
  await tmuxScript(
    socket,
    shells.map((name) => `new-session -d -s ${name}`),
  );
  const all = [...shells, ...stopped, ...moved, keeper, victim];
  const started = await Promise.all(
    all.map((name) =>
      heard.first(before, 'supervision.started', ({ session }) => session === name),
    ),
  );
  return started.at(-1)?.event.data.panes[0]?.pid ?? 0;
};

const shuffled = <T>(list: readonly T[], random: () => number): T[] =>
  list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

/** All ends of a round, mixed; the kill is one of them. */
export const endAll = async (
  { stack, random }: Scene,
  round: Round,
  pid: number,
): Promise<void> => {
  const { shells, stopped, moved, keeper } = round;
  const socket = mainSocket(stack);
  const ends = [
    ...shells.map((name) => () => tmuxOn(socket, 'send-keys', '-t', `=${name}:`, 'C-d')),
    ...stopped.map((session) => () => stack.client.call('session.stop', { session })),
    ...moved.map(
      (name) => () =>
        tmuxScript(socket, [
          `link-window -d -s =${name}: -t =${keeper}: ; kill-session -t =${name}`,
        ]),
    ),
    () => run('/bin/kill', ['-9', String(pid)]),
  ];
  const mixed = shuffled(ends, random);
  // A few at a time, as people and programs do.
  const work = async (): Promise<void> => {
    for (let end = mixed.pop(); end; end = mixed.pop()) await end();
  };
  await Promise.all([work(), work(), work(), work()]);
};

export const untilOver = async (
  { stack, heard }: Scene,
  round: Round,
  before: number,
): Promise<void> => {
  const benign = [...round.shells, ...round.stopped, ...round.moved];
  // Each ends either way: taken for a death it is counted below.
  const ended = (name: string) =>
    Promise.race([
      heard.first(before, 'session.ended', ({ session }) => session === name),
      heard.first(before, 'session.died', ({ session }) => session === name),
    ]);
  await Promise.all(benign.map(ended));
  await stack.client.call('session.stop', { session: round.keeper });
};

export interface Killed {
  isFound: boolean;
  /** Its killer was named, at the latest by the second verdict. */
  isNamed: boolean;
}

export const killOf = async (
  { heard }: Scene,
  { victim }: Round,
  before: number,
): Promise<Killed> => {
  const death = await heard
    .first(before, 'session.died', ({ session }) => session === victim)
    .catch(() => null);
  const incident = death?.event.data.incident;
  if (incident === undefined) return { isFound: false, isNamed: false };
  const isNamed = await heard
    .first(
      before,
      'verdict.reached',
      (data) =>
        data.incident === incident && /^\/bin\/kill -9 /.test(data.verdict.actor?.cmdline ?? ''),
    )
    .then(
      () => true,
      () => false,
    );
  return { isFound: true, isNamed };
};
