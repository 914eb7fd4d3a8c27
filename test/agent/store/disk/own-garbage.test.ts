import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import t from 'tap';
import { loadCollector } from '../../../../agent/os/spare-memory.ts';
import { collectOwnGarbage } from '../../../../agent/store/disk/own-garbage.ts';

/** Collects so many times, and resolves then. */
const collectTimes = (times: number, onCollected: (options: unknown) => void): Promise<void> =>
  new Promise((resolve) => {
    let calls = 0;
    const stop = collectOwnGarbage(
      async (options) => {
        onCollected(options);
        calls += 1;
        if (calls < times) return;
        stop();
        resolve();
      },
      { firstAfterMs: 1, everyMs: 2 },
    );
  });

t.test('garbage is collected soon and then again and again, until it is ended', async (t) => {
  const seen: unknown[] = [];
  await collectTimes(3, (options) => seen.push(options));
  // What was not ended would have had its turns by now.
  await collectTimes(5, () => undefined);
  t.same(seen, Array(3).fill({ type: 'major', flavor: 'last-resort' }));
});

t.test('a thread without the means does nothing', async (t) => {
  const stop = collectOwnGarbage(undefined, { firstAfterMs: 0, everyMs: 1 });
  t.equal(stop(), undefined);
});

t.test('a thread has the means where it was started after a collector was loaded', async (t) => {
  loadCollector();
  const worker = new Worker(
    "require('node:worker_threads').parentPort.postMessage(typeof globalThis.gc)",
    { eval: true, execArgv: [] },
  );
  t.same(await once(worker, 'message'), ['function']);
  await worker.terminate();
});
