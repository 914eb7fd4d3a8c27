import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import t from 'tap';
import { startWitnessChild, whereTraced } from '../witness-child.ts';

t.test('a witness goes before all ordinary processes, and says so', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  t.equal((await witness.health()).realTime, true);
  const { stdout, status } = spawnSync('chrt', ['-p', String(witness.pid)], { encoding: 'utf8' });
  t.equal(status, 0);
  t.match(stdout, /SCHED_FIFO/);
  t.match(stdout, /priority: 1$/m);
});

t.test('one that spins is killed, and others go on meanwhile', whereTraced, async (t) => {
  const child = fork(join(import.meta.dirname, 'spinning.ts'), ['200']);
  t.teardown(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const [said] = await once(child, 'message');
  t.same(said, { isRealTime: true });
  const other = spawn('sh', ['-c', 'i=0; while [ $i -lt 1000 ]; do i=$((i+1)); done'], {
    stdio: 'ignore',
  });
  t.equal((await once(other, 'exit'))[0], 0, 'somebody else does its work');
  const [, signal] = await ended;
  t.match(signal, /^SIG(XCPU|KILL)$/);
});
