import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { patient } from '../../../../exporters/notifier/telegram/bot/desk.ts';
import { createTurnstile } from '../../../../exporters/notifier/telegram/turnstile.ts';

t.test('eight at a time, and the next when one has gone', async (t) => {
  const turnstile = createTurnstile(new AbortController().signal);
  const leave: (() => void)[] = [];
  const task = () => new Promise<void>((resolve) => leave.push(resolve));
  for (let i = 0; i < 7; i += 1) await turnstile.enter(task);
  let isFree = false;
  const eighth = turnstile.enter(task).then(() => {
    isFree = true;
  });
  await wait(20);
  t.equal(leave.length, 8);
  t.notOk(isFree);
  leave[0]?.();
  await eighth;
  t.ok(isFree);
  for (const go of leave) go();
  await turnstile.empty();
});

t.test('nobody waits for who does not leave', async (t) => {
  const stopping = new AbortController();
  const turnstile = createTurnstile(stopping.signal);
  const task = () => new Promise<void>(() => undefined);
  for (let i = 0; i < 7; i += 1) await turnstile.enter(task);
  const eighth = turnstile.enter(task);
  stopping.abort();
  await eighth;
  const began = performance.now();
  await turnstile.empty();
  t.ok(performance.now() - began < 2000);
});

t.test('an agent that never answers has not answered in time', async (t) => {
  const silent = patient({ call: () => new Promise<never>(() => undefined) }, 30);
  await t.rejects(silent.call('status', {}), { code: 'no-answer' });
  const quick = patient({ call: async () => ({ version: '1' }) as never }, 30);
  t.match(await quick.call('version', {}), { version: '1' });
});
