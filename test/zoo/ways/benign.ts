import { keys } from '../../e2e/attached-client.ts';
import { processesWith } from '../../e2e/processes.ts';
import { eventually } from '../../e2e/sampled.ts';
import { leavesUnharmed } from '../benign-way.ts';
import { unharmed } from '../expected.ts';
import { lookAt } from '../ground/look-at.ts';
import { untilGone } from '../ground/process.ts';
import type { Way } from '../way.ts';

const onSession = { server: 'both', ruins: 'session' } as const;

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

const renamed = leavesUnharmed(
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

const detached = leavesUnharmed(
  'detach',
  'Somebody looks at a session and detaches.',
  async (ground, { session }) => {
    const client = await lookAt(ground, session);
    client.type(keys.detach);
    await client.gone;
  },
);

const terminalClosed = leavesUnharmed(
  'terminal-closed',
  'Somebody looks at a session, and his terminal is closed.',
  async (ground, { session }) => {
    const client = await lookAt(ground, session);
    process.kill(client.pid, 'SIGHUP');
    await client.gone;
  },
);

const stopped = leavesUnharmed(
  'operator-stop',
  'holdfast stop ends a session.',
  async ({ rig }, { session, pid }) => {
    await rig.client.call('session.stop', { session });
    await untilGone(pid);
  },
);

const clientOn = (socket: string): Promise<number> =>
  eventually(`our client on ${socket}`, () => processesWith(socket, 'wait-for')[0]);

/** A client of ours comes back. */
const ownClient = leavesUnharmed(
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

/** What people do all day with their sessions. */
export const benign: readonly Way[] = [
  leftShell('shell-ctrl-d', 'Somebody leaves a shell by Ctrl-D.', 'C-d'),
  leftShell('shell-exit', 'Somebody leaves a shell by exit.', 'exit', 'Enter'),
  leftShell('shell-exit-3', 'Somebody leaves a shell by exit 3.', 'exit 3', 'Enter'),
  renamed,
  detached,
  terminalClosed,
  stopped,
  ownClient,
];
