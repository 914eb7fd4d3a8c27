import { leavesUnharmed } from '../benign-way.ts';
import { binary } from '../ground/means.ts';
import { untilGone } from '../ground/process.ts';
import { splitPane } from '../ground/split.ts';
import type { Way } from '../way.ts';

const idle = ['sleep', '100000'];

const moved = leavesUnharmed(
  'move-window',
  'The only window of a session is moved into another one.',
  async ({ tmux, victim }, { session }) => {
    const { session: other } = await victim(idle);
    await tmux('move-window', '-d', '-s', `${session}:`, '-t', `${other}:`);
  },
);

const windows = leavesUnharmed(
  'windows',
  'Windows are opened in a session, and closed.',
  async ({ tmux }, { session }) => {
    await tmux('new-window', '-d', '-t', `${session}:`, 'exit 3');
    await tmux('new-window', '-d', '-t', `${session}:8`, ...idle);
    await tmux('kill-window', '-t', `${session}:8`);
  },
);

const resized = leavesUnharmed('resize', 'A window changes its size.', ({ tmux }, { session }) =>
  tmux('resize-window', '-t', `${session}:`, '-x', '120', '-y', '40'),
);

const respawned = leavesUnharmed(
  'respawn-other-pane',
  'Another pane of a session is given a new program.',
  async (ground, victim) => {
    const pid = await splitPane(ground, victim.session, idle);
    await ground.tmux('respawn-pane', '-k', '-t', `${victim.session}:.1`, ...idle);
    await untilGone(pid);
  },
);

const respawnedItself = leavesUnharmed(
  'respawn-pane',
  'The only pane of a session is given a new program.',
  async ({ tmux }, { session, pid }) => {
    await tmux('respawn-pane', '-k', '-t', `${session}:`, ...idle);
    await untilGone(pid);
  },
);

const otherPane = leavesUnharmed(
  'other-pane-killed',
  'The program of another pane of a session is killed.',
  async (ground, victim) => {
    const pid = await splitPane(ground, victim.session, idle);
    await binary.send(ground, 'KILL', pid);
    await untilGone(pid);
  },
  { needs: binary.needs },
);

/** What people do all day with the windows and panes of a session. */
export const benignPanes: readonly Way[] = [
  moved,
  windows,
  resized,
  respawned,
  respawnedItself,
  otherPane,
];
