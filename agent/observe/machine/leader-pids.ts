import { isRunning } from '../../model/life.ts';
import type { State } from '../../model/state.ts';

/** One of each in turn: who has many keeps nobody waiting. */
const interleaved = <T>(lists: readonly (readonly T[])[]): T[] => {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const turns = Array.from({ length: longest }, (_, turn) => turn);
  return turns.flatMap((turn) => lists.flatMap((list) => list.slice(turn, turn + 1)));
};

/** The tmux servers that run, then the leaders of their panes, a pane of each server in turn. */
export const leaderPids = ({ servers, lives }: State): number[] => {
  const running = Object.values(servers).flatMap(({ instance, status }) =>
    instance && isRunning({ status }) ? instance.pid : [],
  );
  const byServer = Map.groupBy(Object.values(lives), ({ server }) => server);
  const panes = [...byServer.values()].map((some) =>
    some.flatMap((life) => life.panes.map(({ pid }) => pid)),
  );
  return [...running, ...interleaved(panes)].filter((pid) => pid > 0);
};
