import t from 'tap';
import { startRig } from './rig.ts';

const rig = await startRig(t, { config: 'servers: {main: {}}' });
await rig.until('the server', () => rig.of('server.found')[0]);
// Quicker to start than a shell that reads the files of its user.
await rig.tmux('set-option', '-g', 'default-shell', '/bin/sh');

/** Two sessions that share two windows of three shells. */
const createGroup = async (name: string): Promise<string[]> => {
  await rig.tmux('new-session', '-d', '-s', name);
  await rig.tmux('new-session', '-d', '-t', name, '-s', `${name}-view`);
  await rig.up(name, `${name}-view`);
  await rig.tmux('new-window', '-d', '-t', `${name}:`);
  await rig.tmux('split-window', '-d', '-t', `${name}:`);
  const panes = await rig.tmux('list-panes', '-s', '-t', name, '-F', '#{pane_id} #{pane_pid}');
  return panes.trim().split('\n');
};

/** What was told of the ends of both. */
const endsOf = (name: string) =>
  rig.until(`the ends of ${name}`, () => {
    const isMate = ({ data }: { data: { session: string } }): boolean =>
      data.session === name || data.session === `${name}-view`;
    const ends = [
      ...rig.of('session.ended').filter(isMate),
      ...rig.of('session.died').filter(isMate),
    ];
    return ends.length === 2 ? ends : undefined;
  });

// How many of its panes Holdfast has seen by then is a matter of milliseconds, so it is done a few times.
const times = 6;

t.test('all shells of a group are left at once: neither of its sessions died', async (t) => {
  for (let n = 1; n <= times; n += 1) {
    const panes = await createGroup(`left-${n}`);
    const leave = panes.map((line) => [
      'send-keys',
      '-t',
      line.split(' ')[0] ?? '',
      'exit',
      'Enter',
    ]);
    await rig.tmux(...leave.flatMap((command, i) => (i === 0 ? command : [';', ...command])));
    for (const { type, data } of await endsOf(`left-${n}`)) {
      t.match([type, data], ['session.ended', { reason: 'shell-exit' }], data.session);
    }
  }
});

t.test('all shells of a group are killed at once: both died', async (t) => {
  const panes = await createGroup('killed');
  for (const line of panes) process.kill(Number(line.split(' ')[1]), 'SIGKILL');
  for (const { type, data } of await endsOf('killed')) {
    t.match([type, data], ['session.died', { exit: { signal: 9 } }], data.session);
  }
});
