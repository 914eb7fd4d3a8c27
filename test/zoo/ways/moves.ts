import { killed, unharmed } from '../expected.ts';
import type { Ground, Victim } from '../ground/ground.ts';
import { binary } from '../ground/means.ts';
import type { Way } from '../way.ts';

const onSession = { server: 'both', ruins: 'session' } as const;

const paneIn = (ground: Ground, { session }: Victim): Promise<string> =>
  ground.tmux('display-message', '-p', '-t', `${session}:`, '#{pane_id}');

/** Two sessions whose programs have changed places. */
const swapped = async (ground: Ground): Promise<[Victim, Victim]> => {
  const [one, other] = [await ground.sleeper(), await ground.sleeper()];
  const [from, to] = [await paneIn(ground, one), await paneIn(ground, other)];
  await ground.tmux('swap-pane', '-d', '-s', from, '-t', to);
  return [
    { session: one.session, pid: other.pid },
    { session: other.session, pid: one.pid },
  ];
};

const swap: Way = {
  ...onSession,
  name: 'swap-panes',
  sentence: 'The only panes of two sessions change places.',
  run: async (ground) => unharmed(...(await swapped(ground))),
};

/** Of a server that writes no ends down, `move-window -k` looks just the same, and that ends nobody. */
const swapThenKilled: Way = {
  ...onSession,
  server: 'managed',
  name: 'killed-after-swap',
  sentence:
    'The only panes of two sessions change places, and at once the program of one is killed.',
  needs: binary.needs,
  run: async (ground) => {
    const [victim] = await swapped(ground);
    return killed([victim], 'SIGKILL', [await binary.send(ground, 'KILL', victim.pid)]);
  },
};

/** Its session has no other. */
const join: Way = {
  ...onSession,
  name: 'join-pane',
  sentence: 'The only pane of a session is moved into the window of another one.',
  run: async (ground) => {
    const [victim, other] = [await ground.sleeper(), await ground.sleeper()];
    await ground.tmux(
      'join-pane',
      '-d',
      '-s',
      await paneIn(ground, victim),
      '-t',
      `${other.session}:`,
    );
    return unharmed(victim, other);
  },
};

const linked: Way = {
  ...onSession,
  name: 'link-window',
  sentence: 'A window is linked into another session, and taken out of it again.',
  run: async (ground) => {
    const [victim, other] = [await ground.sleeper(), await ground.sleeper()];
    await ground.tmux('link-window', '-d', '-s', `${victim.session}:`, '-t', `${other.session}:`);
    await ground.tmux('unlink-window', '-t', `${other.session}:1`);
    return unharmed(victim, other);
  },
};

/** Sessions of one group have the same windows: the end of one is that of a name. */
const grouped: Way = {
  ...onSession,
  name: 'grouped-program-killed',
  sentence: 'Two sessions of one group go with their program, which is killed.',
  needs: binary.needs,
  run: async (ground) => {
    const victim = await ground.sleeper();
    const session = ground.name();
    await ground.tmux('new-session', '-d', '-t', victim.session, '-s', session);
    await ground.rig.up(session);
    const both = [victim, { session, pid: victim.pid }];
    return killed(both, 'SIGKILL', [await binary.send(ground, 'KILL', victim.pid)]);
  },
};

const moveOver: Way = {
  ...onSession,
  name: 'move-window-over',
  sentence: 'A window takes the place of the only window of another session, whose program ends.',
  run: async (ground) => {
    const victim = await ground.sleeper();
    const { session } = await ground.sleeper();
    await ground.tmux('new-window', '-d', '-t', `${session}:7`, 'sleep', '100000');
    await ground.tmux('move-window', '-d', '-k', '-s', `${session}:7`, '-t', `${victim.session}:0`);
    return unharmed(victim);
  },
};

/** What is moved between sessions. */
export const moves: readonly Way[] = [swap, swapThenKilled, join, linked, grouped, moveOver];
