import t from 'tap';
import type { Verdict } from '../../agent/model/events/incident.ts';
import { attach, keys } from './attached-client.ts';
import { type Rig, startRig } from './rig.ts';
import { startServer, tmuxOn } from './tmux.ts';

const config = `
servers:
  main: {}
  alone: {adopt: alone}
sessions:
  other: {command: sleep 10000, restart: false}
`;

/** The verdict that a rule reached. */
const reachedBy = (rig: Rig, rule: string): Promise<Verdict> =>
  rig.until(`a verdict by ${rule}`, () =>
    rig
      .of('verdict.reached')
      .map(({ data }) => data.verdict)
      .find(({ evidence }) => evidence.at(-1)?.text === rule),
  );

const rig = await startRig(t, { config });
await rig.up('other');

t.test('a session that goes with its last client', async (t) => {
  await rig.tmux('new-session', '-d', '-s', 'left', 'exec sleep 10001');
  const client = await attach(rig.socket(), 'left');
  // Without a client it would go at once.
  await rig.tmux('set-option', '-t', 'left', 'destroy-unattached', 'on');
  await rig.tmux('new-session', '-d', '-s', 'listed', 'exec sleep 10002');
  await rig.up('left', 'listed');
  t.teardown(() => client.type(keys.detach));
  // Detached, tmux 3.3a crashes now and then.
  await rig.tmux('switch-client', '-t', 'other');
  const { cause, confidence, evidence } = await reachedBy(rig, 'perhaps-unattached');
  t.match({ cause, confidence }, { cause: 'tmux-command', confidence: 'possible' });
  const [option] = evidence;
  t.match(option, {
    source: 'tmux-options',
    text: /^destroy-unattached was on for session \$\d, .* 1 client/,
  });
});

t.test('a server that goes with its last session', async (t) => {
  const socket = rig.ownSocket('alone');
  await startServer(socket, 'last');
  await rig.up('last');
  await tmuxOn(socket, 'send-keys', '-t', 'last', 'C-c');
  const { summary, evidence, missing } = await reachedBy(rig, 'server-emptied');
  t.match(summary, /^"last" ended, and the tmux server "alone" .* \(exit-empty was on\)/);
  t.match(
    evidence.map(({ text }) => text),
    [/^exit-unattached of the server was off/, /^exit-empty of the server was on/],
  );
  t.match(missing, [/kill-server or SIGTERM/]);
});
