import { randomBytes } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { startWitnessChild, whereTraced, witnessHome } from '../witness-child.ts';
import {
  killAndReplace,
  killAs,
  killFromGrandchild,
  killFromThread,
  killUnderName,
  python,
  run,
  startVictim,
} from './killers.ts';

const kills = Number(process.env['HOLDFAST_KILLS'] ?? 40);

t.test('a killer is named, with its command and its parent, each time', whereTraced, async (t) => {
  t.setTimeout(0);
  const witness = await startWitnessChild(t);
  for (let i = 0; i < kills; i += 1) {
    const victim = await startVictim(t);
    const killer = run('/bin/kill', '-9', String(victim));
    const { sender, victim: hit, code } = await witness.signalTo(victim);
    t.match(sender, { pid: killer.pid, comm: 'kill', cmdline: `/bin/kill -9 ${victim}` });
    t.match(sender.ancestry[0], { pid: process.pid, cmdline: /node/ });
    t.match(hit, { pid: victim, comm: 'sleep' });
    t.equal(code, 0);
  }
});

t.test('killers that are no program of their own', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  const [first, second] = [await startVictim(t), await startVictim(t)];
  const bash = run('bash', '-c', `kill -9 ${first}; :`);
  const snake = python('import os, sys; os.kill(int(sys.argv[1]), 9)', String(second));
  const builtin = (await witness.signalTo(first)).sender;
  t.match(builtin, { pid: bash.pid, comm: 'bash', cmdline: /bash/ });
  const script = (await witness.signalTo(second)).sender;
  t.match(script, { pid: snake.pid, cmdline: /python/ });
});

t.test('a killer under a name of its own', whereTraced, async (t) => {
  const home = witnessHome(t);
  const file = join(home, `k${randomBytes(5).toString('hex')}`);
  copyFileSync('/bin/kill', file);
  const witness = await startWitnessChild(t, home);
  const victim = await startVictim(t);
  const { pid } = run(file, '-9', String(victim));
  const { sender } = await witness.signalTo(victim);
  t.equal(sender.pid, pid);
  t.ok(sender.cmdline?.startsWith(file), 'its file, and maybe its arguments');
  t.equal(sender.ancestry[0]?.pid, process.pid);
});

t.test('a killer that calls itself otherwise is told with its file', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  for (const how of ['path', 'open'] as const) {
    const victim = await startVictim(t);
    const { pid } = python(killUnderName, 'sshd', String(victim), how);
    const { sender } = await witness.signalTo(victim);
    t.equal(sender.pid, pid);
    if (sender.seenBy === 'file') t.match(sender.cmdline, /^\/(bin\/kill|dev\/fd\/\d+)$/);
    else {
      const file = how === 'path' ? '/bin/kill' : /^\/dev\/fd\//;
      t.match(sender, { cmdline: `sshd -9 ${victim}`, file });
    }
  }
});

t.test('where a killer came from that nobody is the parent of', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  const victim = await startVictim(t);
  const script = python(killFromGrandchild, String(victim));
  const { sender } = await witness.signalTo(victim);
  t.match(sender, { comm: 'kill', cmdline: `kill -9 ${victim}` });
  const pids = sender.ancestry.map(({ pid }) => pid);
  t.ok(pids.includes(script.pid), 'the script');
  t.ok(pids.includes(process.pid), 'and who ran it');
});

t.test('a killer that a thread began comes from its process', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  const victim = await startVictim(t);
  const { pid } = python(killFromThread, String(victim));
  const { sender } = await witness.signalTo(victim);
  const pids = sender.ancestry.map((one) => one.pid);
  t.ok(pids.includes(pid) && pids.includes(process.pid));
});

const hostileNames = [
  ...['\n', '] [000]', 'signal_generate: ', 'a\nb', '\n\n\n\n', '-1 [0] . 1.1', ': signal_gener'],
  ...[' pid=5 grp=1', '\n-5 [000] d..1.', 'CPU:0 [LOST 1 E', '\xff\xfe', '<...>'],
];

t.test('names and arguments that look like records', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  for (const name of hostileNames) {
    const victim = await startVictim(t);
    const hex = Buffer.from(name.slice(0, 15), 'latin1').toString('hex');
    const forged = `x\n            kill-1       [000] d..1.     1.000000: signal_generate: sig=9 errno=0 code=0 comm=sleep pid=${victim} grp=1 res=0\n`;
    const { pid } = python(killAs, hex, String(victim), forged);
    await witness.signalTo(victim);
    const { signals } = await witness.testify(victim);
    t.same(
      signals.filter(({ signal }) => signal === 9).map(({ sender }) => sender.pid),
      [pid],
      JSON.stringify(name),
    );
  }
});

t.test('arguments that look like records, of what is known for killing', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  const [victim, spared] = [await startVictim(t), await startVictim(t)];
  const forged = `\n            kill-${process.pid}       [000] d..1.     1.000000: signal_generate: sig=9 errno=0 code=0 comm=sleep pid=${spared} grp=1 res=0\n`;
  const { pid } = run('/bin/sh', '-c', `/bin/kill -9 ${victim} "$0" 2>/dev/null; :`, forged);
  const { sender } = await witness.signalTo(victim);
  t.match(sender, { comm: 'kill', ancestry: [{ pid }] });
  t.same((await witness.testify(spared)).signals, []);
});

t.test('who has the pid of a killer by now is not taken for it', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  const victim = await startVictim(t);
  const { output } = python(killAndReplace, String(victim));
  const [killer, other] = output.split(' ').map(Number);
  if (killer !== other) t.comment('the pid was taken by somebody else');
  const { sender } = await witness.signalTo(victim);
  t.equal(sender.pid, killer);
  t.notMatch(sender.cmdline ?? '', /sleep/);
});

t.test('a signal as the C library sends them, from another process', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  const victim = await startVictim(t);
  const script = `import ctypes,sys; ctypes.CDLL(None).syscall(${process.arch === 'x64' ? 234 : 131}, ${victim}, ${victim}, 33)`;
  const { pid } = python(script);
  const { sender, code } = await witness.signalTo(victim, 33);
  t.equal(sender.pid, pid);
  t.equal(code, -6);
});
