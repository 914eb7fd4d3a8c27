import { killed, unharmed } from '../expected.ts';
import { callers } from '../ground/callers.ts';
import { binary } from '../ground/means.ts';
import { untilGone } from '../ground/process.ts';
import type { Way } from '../way.ts';

const onSession = { server: 'managed', ruins: 'session' } as const;

/** The program is killed, and the session goes on with another one. */
const byCaller = callers.flatMap((caller) =>
  ['respawn-pane', 'respawn-window'].map(
    (verb): Way => ({
      ...onSession,
      name: `${verb}-${caller.name}`,
      sentence: `A session's only program is replaced by ${verb} -k, a command ${caller.about}.`,
      run: async (ground) => {
        const victim = await ground.sleeper();
        const target = ['-k', '-t', `${victim.session}:`];
        await caller.call(ground, [verb, ...target, 'sleep', '100000']);
        await untilGone(victim.pid);
        return unharmed(victim);
      },
    }),
  ),
);

const thenKilled: Way = {
  ...onSession,
  name: 'killed-after-respawn',
  sentence: "A session's only program is replaced by respawn-pane -k, and the new one killed.",
  server: 'both',
  needs: binary.needs,
  run: async (ground) => {
    const { session, pid: first } = await ground.sleeper();
    await ground.tmux('respawn-pane', '-k', '-t', `${session}:`, 'sleep', '100000');
    await untilGone(first);
    const pid = Number(await ground.tmux('display-message', '-p', '-t', session, '#{pane_pid}'));
    return killed([{ session, pid }], 'SIGKILL', [await binary.send(ground, 'KILL', pid)]);
  },
};

/** Programs that are replaced in their panes. */
export const respawns: readonly Way[] = [...byCaller, thenKilled];
