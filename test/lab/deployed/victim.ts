import type { Machine } from '../machine.ts';
import { until } from '../until.ts';

/** A declared session that only sleeps. */
export const victim = 'worker-2';

const panePid = (machine: Machine): Promise<string> =>
  machine.as('deploy').must(`tmux list-panes -t =${victim}: -F '#{pane_pid}'`);

/** Kills the program of that session and waits until the session is back: proof that Holdfast supervises. */
export const killVictim = async (machine: Machine): Promise<void> => {
  const pid = await panePid(machine);
  await machine.must(`kill -9 ${pid}`);
  await until(`${victim} is back`, async () => (await panePid(machine)) !== pid, 180_000);
};
