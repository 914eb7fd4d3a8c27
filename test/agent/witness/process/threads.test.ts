import t from 'tap';
import { identify } from '../../../../agent/witness/process/identify.ts';
import { createLives } from '../../../../agent/witness/process/lives.ts';
import { createThreads } from '../../../../agent/witness/process/threads.ts';

t.test('a thread is of the process that made it, also where another thread did', async (t) => {
  const threads = createThreads(10);
  threads.comes(50, 51);
  t.ok(threads.begun(50, 51));
  threads.comes(51, 52);
  t.ok(threads.begun(51, 52));
  t.same([50, 51, 52].map(threads.processOf), [50, 50, 50]);
});

t.test('a process that gets the number of a thread is itself', async (t) => {
  const threads = createThreads(10);
  threads.comes(50, 51);
  threads.begun(50, 51);
  t.notOk(threads.begun(7, 51));
  t.equal(threads.processOf(51), 51);
});

t.test('as many are known as may be', async (t) => {
  const threads = createThreads(3);
  for (let tid = 100; tid < 110; tid += 1) {
    threads.comes(50, tid);
    threads.begun(50, tid);
  }
  t.same([106, 107, 109].map(threads.processOf), [106, 50, 50]);
  for (let maker = 200; maker < 210; maker += 1) threads.comes(maker, maker + 100);
  t.notOk(threads.begun(200, 300), 'announced too long ago');
});

t.test('who sent a signal by a thread that is gone is its process', async (t) => {
  const lives = createLives();
  lives.forked(10, 1, 50, 'sh');
  lives.entered(11, 50, 'killer', ['killer', '-9']);
  lives.threadComes(50, 51);
  lives.forked(12, 50, 51, 'killer');
  const who = identify(51, 13, 'killer', () => null, lives);
  t.match(who, { pid: 50, cmdline: 'killer -9' });
  lives.forked(14, 51, 60, 'killer');
  const { ancestry } = identify(60, 15, 'killer', () => null, lives);
  t.match(ancestry[0], { pid: 50 }, 'a child that a thread began has the process for its parent');
});

t.test('a number that may be somebody else’s by now is nobody’s', async (t) => {
  const threads = createThreads(10);
  const make = (tid: number): void => {
    threads.comes(50, tid);
    threads.begun(50, tid);
  };
  make(51);
  threads.ended(51);
  t.equal(threads.processOf(51), 51, 'it ended');
  make(52);
  threads.forget();
  t.equal(threads.processOf(52), 52, 'records are missing');
  threads.comes(50, 53);
  t.notOk(threads.begun(50, 54), 'a worker of the kernel came, and then a process');
  t.notOk(threads.begun(50, 53), 'and later one with the number of that worker');
});
