import t from 'tap';
import { explain } from '../../../../agent/explain/explain.ts';
import { deathOf, recorded } from '../witnessed/case.ts';
import { fatal, leader } from '../witnessed/composed/people.ts';
import { readTrace, startTimeOf } from '../witnessed/read-trace.ts';
import { clientExit, sent } from '../witnessed/trace-line.ts';

const cmdlines = {
  ...{ 900: 'pkill -f node', 70: 'tmux kill-session -t other-secret', 71: 'tmux attach' },
  ...{ 72: 'tmux kill-secret1 ; respawn-pane -k', 73: 'tmux kill-server' },
};

/** What preceded a death by a signal at 100 s. */
const preceded = (earlier: string, ended = fatal(100), changes = {}) => {
  const seen = { cmdlines };
  const { preceded: lines = [] } = explain(
    recorded(ended, seen, [deathOf(leader, 100.02)], {
      earlier: readTrace(earlier, seen),
      ...changes,
    }),
  );
  return lines.map(({ text }) => text);
};

t.test('signals from outside in the minute before, and commands that end something', async (t) => {
  const trace = [
    sent({ at: 60, sig: 15, from: 900, to: leader, res: 1 }),
    clientExit(61, 71),
    clientExit(62, 70),
    clientExit(63, 72),
  ].join('');
  t.strictSame(preceded(trace), [
    'SIGTERM to pid 500 (node), which ignored it, from "pkill -f node" (pid 900)',
    'pid 70 (tmux: client) ran tmux kill-session',
    'pid 72 (tmux: client) ran tmux respawn-pane',
  ]);
});

t.test('not what ends nobody, nor what a program sends itself, nor the kernel', async (t) => {
  const trace = [
    sent({ at: 60, sig: 28, from: 900, to: leader }),
    sent({ at: 61, sig: 15, from: leader, to: leader }),
    sent({ at: 62, sig: 2, from: 900, to: leader, code: 128 }),
  ].join('');
  t.strictSame(preceded(trace), []);
});

t.test('what a session does to its own programs, and what another one does to them', async (t) => {
  const pane = (pid: number, session: string) => ({
    [pid]: { session, pane: '%1', startTime: startTimeOf(pid), tmuxId: '$1', owner: null },
  });
  const trace = sent({ at: 60, sig: 15, from: 900, to: leader });
  const panes = (session: string) => ({ panes: { ...pane(900, session), ...pane(leader, 'api') } });
  t.strictSame(preceded(trace, fatal(100), panes('api')), []);
  t.equal(preceded(trace, fatal(100), panes('web')).length, 1);
});

t.test('what was begun to end a unit of theirs, without what else it was told', async (t) => {
  const { clients } = readTrace([80, 81, 82].map((pid) => clientExit(60, pid)).join(''), {
    cmdlines: { 80: 'systemctl stop secret', 81: 'systemctl status web', 82: 'grep stop web' },
  });
  const commands = clients.map(({ at, process }) => ({ at, process: { ...process, comm: 'x' } }));
  t.strictSame(preceded('', fatal(100), { commands }), ['pid 80 (x) ran systemctl stop']);
});

t.test('a command of ours and that of the actor are no news', async (t) => {
  t.strictSame(preceded(clientExit(60, 73)), ['pid 73 (tmux: client) ran tmux kill-server']);
  t.strictSame(preceded(clientExit(60, 73), fatal(100), { ours: [73] }), []);
  const byCommand = `${fatal(100, 9638, 15, 9638)}${clientExit(100.01, 73)}`;
  t.strictSame(preceded('', byCommand), []);
});

t.test('where there is no witness nothing is said', async (t) => {
  const given = recorded('', {}, [deathOf(leader, 100.02)], { testimony: null });
  t.strictSame(explain(given).preceded, []);
});
