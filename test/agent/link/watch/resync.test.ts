import { setImmediate as turn } from 'node:timers/promises';
import t from 'tap';
import { createResync } from '../../../../agent/link/watch/resync.ts';

/** Listings under way until they are told how they end, and what was begun or failed. */
const listing = () => {
  const log: string[] = [];
  const ends: PromiseWithResolvers<boolean>[] = [];
  const step = (name: string) => (): Promise<boolean> => {
    log.push(name);
    const end = Promise.withResolvers<boolean>();
    ends.push(end);
    return end.promise;
  };
  const full = step('full');
  const resync = createResync({
    brief: step('brief'),
    full: async () => void (await full()),
    failed: (cause) => log.push(String(cause)),
  });
  return { resync, log, next: () => ends.shift() };
};

t.test('notices during a listing lead to one more, the quick one first', async (t) => {
  const { resync, log, next } = listing();
  resync.notice({ full: true });
  for (const full of [true, false, true, false]) resync.notice({ full });
  t.strictSame(log, ['full']);
  next()?.resolve(true);
  await turn();
  t.strictSame(log, ['full', 'brief']);
  next()?.resolve(false);
  await turn();
  t.strictSame(log, ['full', 'brief', 'full']);
  next()?.resolve(true);
  await resync.idle();
  t.ok(resync.isIdle());
});

t.test('what a quick listing shows is listed in full', async (t) => {
  const { resync, log, next } = listing();
  resync.notice({ full: false });
  next()?.resolve(true);
  await turn();
  t.strictSame(log, ['brief', 'full']);
});

t.test('a listing that fails is told, and the next notice tries again', async (t) => {
  const { resync, log, next } = listing();
  resync.notice({ full: true });
  next()?.reject(new Error('no descriptor'));
  await resync.idle();
  t.ok(resync.isIdle());
  resync.notice({ full: true });
  t.strictSame(log, ['full', 'Error: no descriptor', 'full']);
});
