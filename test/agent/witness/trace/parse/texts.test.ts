import t from 'tap';
import {
  isWholeExecArguments,
  parseExecArguments,
} from '../../../../../agent/witness/trace/parse/exec-arguments.ts';
import { parseMarkVictim } from '../../../../../agent/witness/trace/parse/mark-victim.ts';
import { parseProcessExec } from '../../../../../agent/witness/trace/parse/process-exec.ts';
import {
  isWholeProcessExit,
  parseProcessExit,
} from '../../../../../agent/witness/trace/parse/process-exit.ts';
import {
  isWholeProcessFork,
  parseProcessFork,
} from '../../../../../agent/witness/trace/parse/process-fork.ts';
import { parseSignalGenerate } from '../../../../../agent/witness/trace/parse/signal-generate.ts';
import { parseTaskNewtask } from '../../../../../agent/witness/trace/parse/task-newtask.ts';
import { signalText } from './kernel.ts';

t.test('signals', async (t) => {
  t.same(parseSignalGenerate('sig=6 errno=0 code=-6 comm=a b pid=5 grp=0 res=2'), {
    ...{ signal: 6, code: -6, comm: 'a b', pid: 5, toGroup: false, result: 'pending' },
  });
  const text = signalText('sleep', 5);
  for (const other of [
    ...['', ` ${text}`, `${text} `, `${text}\n`, `${text}0`, `x\n${text}`, text.slice(1)],
    ...[
      signalText('0123456789abcdef', 5),
      signalText('a', 5, 9, 5),
      text.replace('grp=1', 'grp=2'),
    ],
  ])
    t.equal(parseSignalGenerate(other), null, other);
});

t.test('want of memory', async (t) => {
  const text =
    'pid=17515 comm=oomxyz total-vm=53876kB anon-rss=50944kB file-rss:952kB shmem-rss:0kB uid=0 pgtables=144kB oom_score_adj=0';
  t.same(parseMarkVictim(text), { pid: 17515, comm: 'oomxyz', anonBytes: 52_166_656 });
  t.same(parseMarkVictim('pid=17515'), { pid: 17515, comm: null, anonBytes: null });
  for (const other of [
    '',
    'pid=',
    'pid=5 ',
    'pid=5 comm=a',
    `${text}\n`,
    ` ${text}`,
    text.slice(0, -2),
  ])
    t.equal(parseMarkVictim(other), null, other);
});

t.test('beginnings and ends', async (t) => {
  t.match(parseProcessExec('filename=/usr/bin/x y pid=1 old_pid=1 pid=12 old_pid=13', 12), {
    ...{ filename: '/usr/bin/x y pid=1 old_pid=1', pid: 12, oldPid: 13 },
  });
  t.equal(parseProcessExec('filename=/x pid=12 old_pid=12', 13), null, 'of somebody else');
  t.equal(parseProcessExec('filename=/x\n pid=12 old_pid=12', 12), null);
  t.equal(parseProcessFork('comm=a pid=1 child_comm=a child_pid=2', 2), null, 'of somebody else');
  t.equal(parseProcessFork('comm=a pid=1 child_comm=a child_pid=2 ', 1), null);
  t.equal(parseProcessExit('comm=a pid=1 prio=120', 2), null, 'of somebody else');
  t.equal(parseProcessExit('comm=a pid=1 prio=120 group_dead=maybe', 1), null);
  t.same(parseProcessExit('comm=tmux: client pid=9625 prio=120', 9625), {
    ...{ comm: 'tmux: client', pid: 9625, groupDead: null },
  });
});

t.test('what a name and a newline could be is not whole yet', async (t) => {
  t.notOk(isWholeProcessExit('comm=a pid=5 prio=1', 5));
  t.ok(isWholeProcessExit('comm=ab pid=5 prio=1', 5));
  t.notOk(isWholeProcessFork('comm=a pid=5 child_comm=ab child_pid=7', 5));
  t.ok(isWholeProcessFork('comm=a pid=5 child_comm=abc child_pid=7', 5));
});

t.test('arguments', async (t) => {
  const read = (text: string) => parseExecArguments(text);
  t.same(read('(do_execve+0x0/0x40) argc=1 a0="a" a1="HOME=/" a2=(fault)'), {
    ...{ argv: ['a'], complete: true },
  });
  t.same(read('(syscalls.sys_enter_execve) a0="a" a1="" a2=(fault) a3="x"'), {
    ...{ argv: ['a', ''], complete: true },
  });
  t.same(read('(0x1) argc=0 a0=(fault)'), { argv: [], complete: true });
  t.same(read('(0x1) argc=3 a0="a" a1=(fault) a2="c"'), { argv: ['a'], complete: false });
  t.same(read('(0x1) argc=3 a0="a" a1="b[LINE TOO BIG]'), { argv: ['a', 'b'], complete: false });
  t.same(read('(0x1) argc=3 a0="a" a1=[LINE TOO BIG]'), { argv: ['a'], complete: false });
  for (const [argc, complete] of [
    ['', false],
    [' argc=12', true],
    [' argc=13', false],
  ] as const) {
    const slots = Array.from({ length: 12 }, (_, i) => ` a${i}="${i}"`).join('');
    t.equal(read(`(0x1)${argc}${slots}`)?.complete, complete, argc);
    t.notOk(isWholeExecArguments(`(0x1)${argc}${slots}`), argc);
    t.equal(read(`(0x1)${argc}${slots.slice(0, -1)}`)?.complete, false, argc);
  }
  for (const other of ['', '(0x1)', '(0x1) argc=-1 a0="a"', '() a0="a"', ' (0x1) a0="a"', 'a0="a"'])
    t.equal(read(other), null, other);
});

t.test('threads', async (t) => {
  const text = 'pid=81 comm=a\nb clone_flags=3d0f00 oom_score_adj=-900';
  t.equal(parseTaskNewtask(text), 81);
  for (const other of [
    ...['', ` ${text}`, `${text} `, `${text}\n`, text.slice(0, -4), text.replace('81', 'x')],
    text.replace('a\nb', '0123456789abcdef'),
  ]) {
    t.equal(parseTaskNewtask(other), null, other);
  }
});
