import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { type Ability, abilityOf } from '../../../../agent/explain/tmux-command/ability.ts';
import { readTmuxArguments } from '../../../../agent/explain/tmux-command/tmux-arguments.ts';
import { deathOf } from '../witnessed/case.ts';

const death = deathOf(500, 1, null, { tmuxId: '$4', session: 'api' });
const socket = '/run/tmux/main.sock';

t.test('arguments of tmux are read as tmux reads them', async (t) => {
  t.strictSame(readTmuxArguments('tmux -2uL x -f /dev/null kill-session -t a ; ls \\; new -d'), {
    socket: { name: 'x' },
    control: false,
    commands: [
      { name: 'kill-session', args: ['-t', 'a'] },
      { name: 'ls', args: [] },
      { name: 'new', args: ['-d'] },
    ],
  });
  t.strictSame(readTmuxArguments('/opt/mux -S/a/b -CC attach').socket, { path: '/a/b' });
  t.strictSame(readTmuxArguments('tmux -S').socket, { path: '' });
  t.strictSame(readTmuxArguments('tmux'), { socket: null, control: false, commands: [] });
  t.ok(readTmuxArguments('tmux -2CS x attach').control);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { commands } = readTmuxArguments(text);
      assert.ok(commands.every(({ name }) => name !== ''));
    }),
  );
});

const ofSession: [string | null, Ability][] = [
  [null, 'may'],
  ['tmux', 'shows'],
  ['tmux kill-session -t api', 'says'],
  ['whatever kill-ses -tapi', 'says'],
  ['tmux kill-session -t =api:', 'says'],
  ['tmux killp -t api:1.0', 'says'],
  ['tmux killw -t $4', 'says'],
  ['tmux kill-pane -t %1', 'says'],
  ['tmux kill-pane -t %77', 'cannot'],
  ['tmux kill-session -t web', 'cannot'],
  ['tmux kill-session -t $5', 'cannot'],
  ['tmux kill-session -a -t web', 'may'],
  ['tmux kill-session', 'may'],
  ['tmux kill-window -t :1', 'may'],
  ['tmux kill-window -t @3', 'may'],
  ['tmux kill-session -t', 'may'],
  ['tmux kill-session -t w*', 'may'],
  ['tmux kill-server', 'may'],
  ['tmux list-sessions', 'cannot'],
  ['tmux send-keys -t api exit Enter', 'cannot'],
  ['tmux source-file /etc/x', 'may'],
  ['tmux set -g destroy-unattached on', 'may'],
  ['tmux ls ; kill-session -t api', 'may'],
  ['tmux send-keys -t web -l ok ; kill-session -t api', 'may'],
  ['tmux kill-session -t web ; kill-session -t api', 'says'],
  [`tmux display-message -p ${'x'.repeat(300)}`, 'may'],
  ['tmux attach -t api', 'shows'],
  ['tmux attach -t web', 'shows'],
  ['tmux -C attach -t web', 'may'],
  ['tmux -CC attach -t =api:', 'shows'],
  ['tmux -C attach', 'shows'],
  ['tmux -C new -s web', 'shows'],
  ['tmux a', 'shows'],
  ['tmux new -s x', 'shows'],
  ['tmux new-session -Ads x', 'cannot'],
  ['tmux -S /elsewhere kill-session -t api', 'cannot'],
  ['tmux -S /var/run/tmux/main.sock kill-session -t api', 'may'],
  ['tmux -S main.sock kill-session -t web', 'cannot'],
  ['tmux -L other kill-session -t api', 'cannot'],
  ['tmux -L main.sock kill-session -t api', 'says'],
  ['tmux -S /run/tmux/main.sock kill-session -t api', 'says'],
];

t.test('what a client can have done to a session', async (t) => {
  for (const [cmdline, ability] of ofSession) {
    t.equal(abilityOf(cmdline, { death, socket }), ability, `${cmdline}`);
  }
  const unknown = { death, socket: '' };
  t.equal(abilityOf('tmux -S /x kill-session -t api', unknown), 'says', 'nobody knows where it is');
});

t.test('what a client can have done to the whole server', async (t) => {
  const deed = { death: null, socket };
  t.equal(abilityOf('tmux kill-server', deed), 'says');
  t.equal(abilityOf('tmux kill-serv', deed), 'says');
  t.equal(abilityOf('tmux kill-session -t api', deed), 'cannot');
  t.equal(abilityOf('tmux has', deed), 'cannot');
  t.equal(abilityOf('tmux run-shell x', deed), 'may');
  t.equal(abilityOf('tmux attach', deed), 'shows');
});
