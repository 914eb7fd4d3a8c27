import { processesWith } from '../../e2e/processes.ts';
import { eventually } from '../../e2e/sampled.ts';
import { unharmed } from '../expected.ts';
import type { Ground, Victim } from '../ground/ground.ts';
import { lookAt } from '../ground/look-at.ts';
import { binary } from '../ground/means.ts';
import { untilGone } from '../ground/process.ts';
import type { Way } from '../way.ts';

const onSession = { where: 'here', server: 'both', ruins: 'session' } as const;

/** A session with a program in it, to which something is done. */
const done = (
  name: string,
  sentence: string,
  doIt: (ground: Ground, victim: Victim) => Promise<unknown>,
  more: Partial<Way> = {},
): Way => ({
  ...onSession,
  name,
  sentence,
  ...more,
  run: async (ground) => {
    const victim = await ground.sleeper();
    await doIt(ground, victim);
    return unharmed(victim);
  },
});

/** Only a managed server writes down how a shell ended. */
const leftShell = (name: string, sentence: string, ...keys: string[]): Way => ({
  ...onSession,
  name,
  sentence,
  server: 'managed',
  run: async (ground) => {
    const victim = await ground.victim();
    await ground.tmux('send-keys', '-t', victim.session, ...keys);
    await untilGone(victim.pid);
    return unharmed(victim);
  },
});

const renamed = done(
  'rename',
  'A session is renamed.',
  async ({ tmux, rig, name }, { session }) => {
    await tmux('rename-session', '-t', session, name());
    await rig.until(
      `the new name of ${session}`,
      () => rig.of('session.renamed').some(({ data }) => data.session === session) || undefined,
    );
  },
);

const moved = done(
  'move-window',
  'The only window of a session is moved into another one.',
  async ({ tmux, victim }, { session }) => {
    const { session: other } = await victim(['sleep', '100000']);
    await tmux('move-window', '-d', '-s', `${session}:`, '-t', `${other}:`);
  },
);

const detached = done(
  'detach',
  'Somebody looks at a session and detaches.',
  async (ground, { session }) => {
    const client = await lookAt(ground, session);
    client.type('\x02d');
    await client.gone;
  },
);

const terminalClosed = done(
  'terminal-closed',
  'Somebody looks at a session, and his terminal is closed.',
  async (ground, { session }) => {
    const client = await lookAt(ground, session);
    process.kill(client.pid, 'SIGHUP');
    await client.gone;
  },
);

const windows = done(
  'windows',
  'Windows are opened in a session, and closed.',
  async ({ tmux }, { session }) => {
    await tmux('new-window', '-d', '-t', `${session}:`, 'exit 3');
    await tmux('new-window', '-d', '-t', `${session}:8`, 'sleep', '100000');
    await tmux('kill-window', '-t', `${session}:8`);
  },
);

const resized = done('resize', 'A window changes its size.', ({ tmux }, { session }) =>
  tmux('resize-window', '-t', `${session}:`, '-x', '120', '-y', '40'),
);

const splitPid = async ({ tmux }: Ground, { session }: Victim): Promise<number> => {
  const split = ['split-window', '-d', '-P', '-F', '#{pane_pid}', '-t', `${session}:`];
  return Number(await tmux(...split, 'sleep', '100000'));
};

const respawned = done(
  'respawn-other-pane',
  'Another pane of a session is given a new program.',
  async (ground, victim) => {
    const pid = await splitPid(ground, victim);
    await ground.tmux('respawn-pane', '-k', '-t', `${victim.session}:.1`, 'sleep', '100000');
    await untilGone(pid);
  },
);

const respawnedItself = done(
  'respawn-pane',
  'The only pane of a session is given a new program.',
  async ({ tmux }, { session, pid }) => {
    await tmux('respawn-pane', '-k', '-t', `${session}:`, 'sleep', '100000');
    await untilGone(pid);
  },
);

const otherPane = done(
  'other-pane-killed',
  'The program of another pane of a session is killed.',
  async (ground, victim) => {
    const pid = await splitPid(ground, victim);
    await binary.send(ground, 'KILL', pid);
    await untilGone(pid);
  },
  { needs: binary.needs },
);

const stopped = done(
  'operator-stop',
  'holdfast stop ends a session.',
  async ({ rig }, { session, pid }) => {
    await rig.client.call('session.stop', { session });
    await untilGone(pid);
  },
);

/** A client of ours comes back. */
const ownClient = done(
  'own-client-killed',
  'Our own client on the tmux server is killed.',
  async ({ socket, rig, tmux }, { session }) => {
    const before = (await rig.client.call('status', {})).totals.resyncs;
    process.kill(await clientOn(socket), 'SIGKILL');
    await tmux('set-environment', '-t', session, 'TOUCHED', '1');
    await eventually('another look', async () => {
      const { totals } = await rig.client.call('status', {});
      return totals.resyncs > before || undefined;
    });
  },
);

const clientOn = (socket: string): Promise<number> =>
  eventually(`our client on ${socket}`, () => processesWith(socket, 'wait-for')[0]);

/** What people do all day. */
export const benign: readonly Way[] = [
  leftShell('shell-ctrl-d', 'Somebody leaves a shell by Ctrl-D.', 'C-d'),
  leftShell('shell-exit', 'Somebody leaves a shell by exit.', 'exit', 'Enter'),
  leftShell('shell-exit-3', 'Somebody leaves a shell by exit 3.', 'exit 3', 'Enter'),
  renamed,
  moved,
  detached,
  terminalClosed,
  windows,
  resized,
  respawned,
  respawnedItself,
  otherPane,
  stopped,
  ownClient,
];
