import type { Ground } from './ground.ts';

/** Opens another pane in the session that runs `argv`, and resolves with the pid of its leader. */
export const splitPane = async (
  { tmux }: Ground,
  session: string,
  argv: readonly string[],
): Promise<number> => {
  const split = ['split-window', '-d', '-P', '-F', '#{pane_pid}', '-t', `${session}:`];
  return Number(await tmux(...split, ...argv));
};
