import { died } from '../expected.ts';
import type { Ground, Victim } from '../ground/ground.ts';
import { strike } from '../ground/killer.ts';
import { program } from '../ground/programs.ts';
import type { Way } from '../way.ts';

const onSession = { server: 'managed', ruins: 'session' } as const;

const tell = (ground: Ground, ...command: string[]) =>
  strike(ground, [program('tmux'), '-S', ground.socket, ...command]);

/** A session that is taken away by a command that says so in words of its own. */
const said = (
  name: string,
  sentence: string,
  command: (ground: Ground, victim: Victim) => Promise<string[]> | string[],
): Way => ({
  ...onSession,
  name,
  sentence,
  run: async (ground) => {
    const victim = await ground.sleeper();
    const killer = await tell(ground, ...(await command(ground, victim)));
    return died([victim], ['tmux-command'], { killers: [killer] });
  },
});

const byId = said(
  'kill-session-by-id',
  'A session is taken away by its number.',
  async ({ tmux }, { session }) => [
    'kill-session',
    '-t',
    await tmux('display-message', '-p', '-t', session, '#{session_id}'),
  ],
);

const byPaneId = said(
  'kill-pane-by-id',
  'A session goes with its only pane, named by its number.',
  async ({ tmux }, { session }) => [
    'killp',
    '-t',
    await tmux('display-message', '-p', '-t', session, '#{pane_id}'),
  ],
);

const shortened = said(
  'kill-session-shortened',
  'A session is taken away by the beginning of a command and of its name.',
  (_, { session }) => ['kill-ses', '-t', session.slice(0, 8)],
);

const unlinked = said(
  'unlink-window',
  'A session goes with its only window, which is unlinked.',
  (_, { session }) => ['unlink-window', '-k', '-t', `${session}:`],
);

const fromFile = said(
  'kill-session-from-file',
  'A file of commands is read, and one of them takes a session away.',
  ({ files }, { session }) => ['source-file', files.script('sh', `kill-session -t ${session}`)],
);

const twoInLine: Way = {
  ...onSession,
  name: 'kill-two-in-line',
  sentence: 'One client takes two sessions away by two commands.',
  server: 'both',
  run: async (ground) => {
    const victims = [await ground.sleeper(), await ground.sleeper()];
    const [one, other] = victims.map(({ session }) => ['kill-session', '-t', session]);
    const killer = await tell(ground, ...(one ?? []), ';', ...(other ?? []));
    return died(victims, ['tmux-command'], { killers: [killer] });
  },
};

/** Who said it is long gone. */
const later: Way = {
  ...onSession,
  name: 'kill-session-later',
  sentence: 'tmux is told to take a session away in two seconds.',
  run: async (ground) => {
    const victim = await ground.sleeper();
    const command = `kill-session -t ${victim.session}`;
    const killer = await tell(ground, 'run-shell', '-b', '-d', '2', '-C', command);
    return died([victim], ['tmux-command'], { killers: [killer] });
  },
};

const allOthers: Way = {
  ...onSession,
  name: 'kill-all-others',
  sentence: 'kill-session -a takes every session away but one.',
  server: 'both',
  ruins: 'server',
  run: async (ground) => {
    const keeper = await ground.sleeper();
    const victims = [await ground.sleeper(), await ground.sleeper()];
    const killer = await tell(ground, 'kill-session', '-a', '-t', keeper.session);
    return died(victims, ['tmux-command'], { killers: [killer] });
  },
};

/** tmux is told to end it by other commands than most, or in other words. */
export const tmuxWordings: readonly Way[] = [
  byId,
  byPaneId,
  shortened,
  unlinked,
  fromFile,
  twoInLine,
  later,
  allOthers,
];
