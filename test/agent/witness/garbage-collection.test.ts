import { mock } from 'node:test';
import t, { type Test } from 'tap';
import { createGarbageCollection } from '../../../agent/witness/garbage-collection.ts';

const counted = (t: Test) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  t.teardown(() => mock.timers.reset());
  let collected = 0;
  const one = createGarbageCollection({
    collect: () => {
      collected += 1;
    },
    giveBack: () => t.ok(collected > 0, 'what was collected before'),
  });
  return { ...one, collected: () => collected };
};

t.test('it collects once after the last of a burst, and after the next', async (t) => {
  const { collectLater, collected } = counted(t);
  for (let i = 0; i < 10; i += 1) {
    collectLater();
    mock.timers.tick(1000);
  }
  t.equal(collected(), 0, 'not in the middle');
  mock.timers.tick(60_000);
  t.equal(collected(), 1);
  collectLater();
  mock.timers.tick(60_000);
  t.equal(collected(), 2);
});

t.test('where something comes all the time it collects now and then', async (t) => {
  const { collectLater, collected } = counted(t);
  for (let second = 0; second < 600; second += 1) {
    collectLater();
    mock.timers.tick(1000);
  }
  t.ok(collected() >= 10 && collected() <= 30, `${collected()} times in ten minutes`);
});

t.test('not after the end', async (t) => {
  const { collectLater, stop, collected } = counted(t);
  collectLater();
  stop();
  mock.timers.tick(60_000);
  t.equal(collected(), 0);
  t.doesNotThrow(stop, 'twice');
});

t.test('what nobody holds any more is gone then', async (t) => {
  let isGone = false;
  const registry = new FinalizationRegistry(() => {
    isGone = true;
  });
  registry.register({ held: new Array(1000).fill(t) }, 'one');
  const garbage = createGarbageCollection({ giveBack: () => undefined }, { quiet: 1, busy: 1 });
  t.teardown(garbage.stop);
  garbage.collectLater();
  for (let i = 0; i < 500 && !isGone; i += 1) await new Promise((done) => setTimeout(done, 10));
  t.ok(isGone);
});
