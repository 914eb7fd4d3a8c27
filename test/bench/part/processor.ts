import { setTimeout as wait } from 'node:timers/promises';
import { tmuxOn } from '../../e2e/tmux.ts';
import { fill, mainSocket, redrawing, sessionNames } from '../fleet.ts';
import { type Effort, type Part, usualSessions } from '../part.ts';
import { ownSeconds, treeSeconds } from '../processes.ts';
import type { Row } from '../row.ts';
import { type Stack, withStack } from '../stack.ts';

/** Sessions that draw all the time. */
const busySessions = 20;

/** What a start leaves to do is over by then, ms. */
const settleMs = 10_000;

/** Shares of one processor, percent. */
interface Shares {
  /** Agent and link with every process they started. */
  ours: number;
  exporter: number;
  tmux: number;
}

const serverPid = async (stack: Stack): Promise<number> =>
  Number(await tmuxOn(mainSocket(stack), 'display-message', '-p', '#{pid}'));

const secondsNow = (stack: Stack, tmux: number): Shares => ({
  ours: treeSeconds(stack.pid('agent')) + treeSeconds(stack.pid('link')),
  exporter: treeSeconds(stack.pid('exporter')),
  tmux: ownSeconds(tmux),
});

const measureShares = async (stack: Stack, windowMs: number): Promise<Shares> => {
  const tmux = await serverPid(stack);
  await wait(settleMs);
  const before = secondsNow(stack, tmux);
  const began = performance.now();
  await wait(windowMs);
  const after = secondsNow(stack, tmux);
  const seconds = (performance.now() - began) / 1000;
  const share = (of: keyof Shares): number => ((after[of] - before[of]) / seconds) * 100;
  return { ours: share('ours'), exporter: share('exporter'), tmux: share('tmux') };
};

/** With Holdfast and without it: what the server does more is ours as well. */
const measureBoth = async (stack: Stack, windowMs: number): Promise<Shares> => {
  const watched = await measureShares(stack, windowMs);
  await stack.stop();
  const alone = await measureShares(stack, windowMs / 2);
  await stack.start();
  return { ...watched, tmux: watched.tmux - alone.tmux };
};

const makeBusy = async (stack: Stack): Promise<void> => {
  for (const name of sessionNames('idle', busySessions)) {
    await tmuxOn(mainSocket(stack), 'respawn-pane', '-k', '-t', `=${name}:`, redrawing);
  }
};

const rowsOf = (what: string, budget: number, { ours, exporter, tmux }: Shares): Row[] => {
  const row = (text: string, of: number, allowed: number | null): Row => ({
    ...{ what: `${text}, ${what}`, budget: allowed, measured: of, unit: '% of a core' },
  });
  return [
    row('processor time of agent and link', ours, budget),
    row('processor time of the exporter', exporter, null),
    row('what the tmux server does more', tmux, null),
  ];
};

const measureProcessor = async (stack: Stack, { quick, progress }: Effort): Promise<Row[]> => {
  const windowMs = quick ? 15_000 : 60_000;
  progress(`starting ${usualSessions} sessions`);
  await fill(stack, usualSessions);
  progress('processor time while all sessions are idle');
  const quiet = await measureBoth(stack, windowMs);
  progress(`processor time while ${busySessions} sessions draw`);
  await makeBusy(stack);
  const busy = await measureBoth(stack, windowMs);
  return [
    ...rowsOf(`${usualSessions} sessions idle`, 0.5, quiet),
    ...rowsOf(`${busySessions} of ${usualSessions} drawing`, 3, busy),
  ];
};

export const processor: Part = {
  name: 'processor',
  about: 'processor time, idle and with sessions that draw all the time',
  measure: (effort) =>
    withStack(
      () => '',
      (stack) => measureProcessor(stack, effort),
    ),
};
