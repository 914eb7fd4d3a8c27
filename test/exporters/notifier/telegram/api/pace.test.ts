import fc from 'fast-check';
import t from 'tap';
import { type Budget, msUntilNext } from '../../../../../exporters/notifier/telegram/api/pace.ts';
import { startApi } from './start-api.ts';

const person: Budget = { gapMs: 1000, aMinute: Number.POSITIVE_INFINITY };
const group: Budget = { gapMs: 1000, aMinute: 20 };

t.test('a first call begins at once, the next one after the gap', async (t) => {
  t.equal(msUntilNext([], 5000, person), 0);
  t.equal(msUntilNext([5000], 5200, person), 800);
  t.equal(msUntilNext([5000], 6000, person), 0);
});

t.test('a group hears no more than twenty within any minute', async (t) => {
  const begun = Array.from({ length: 20 }, (_, i) => i * 1000);
  t.equal(msUntilNext(begun.slice(0, 19), 20_000, group), 0);
  t.equal(msUntilNext(begun, 20_000, group), 40_000);
  fc.assert(
    fc.property(fc.array(fc.nat(9000), { maxLength: 80 }), (pauses) => {
      const all: number[] = [];
      let now = 0;
      for (const pause of pauses) {
        now += pause;
        now += msUntilNext(all, now, group);
        all.push(now);
      }
      return all.every((at, i) => i < 20 || at - (all[i - 20] ?? 0) >= 60_000);
    }),
  );
});

t.test('a clock that is set back by a day keeps nobody waiting', async (t) => {
  const { api, phone, send } = await startApi(t);
  await send('before');
  const { now } = Date;
  t.teardown(() => Object.assign(Date, { now }));
  Date.now = () => now() - 86_400_000;
  for (let i = 1; i <= 40; i += 1) await send(`after ${i}`);
  t.equal(phone.messages().length, 41);
  t.ok(await api.call('sendChatAction', { chat_id: 4711, action: 'typing' }));
});

t.test(
  'the calls of a chat do not overtake each other, and one that fails holds up none',
  async (t) => {
    const { server, phone, send } = await startApi(t);
    server.faults.next('sendMessage', { kind: 'error', code: 400, description: 'no' });
    const all = await Promise.allSettled(['a', 'b', 'c', 'd'].map((text) => send(text)));
    t.strictSame(
      all.map(({ status }) => status),
      ['rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
    );
    t.strictSame(
      phone.messages().map(({ versions }) => versions[0].text),
      ['b', 'c', 'd'],
    );
  },
);

t.test('what is given up while it waits asks nothing of the server', async (t) => {
  const { server, api, send } = await startApi(t);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.faults.next('sendMessage', { kind: 'held', moment: 'after', until: promise });
  const first = send('first');
  await server.ledger.until('accepted', (ledger) => ledger.calls('sendMessage')[0]);
  const controller = new AbortController();
  const second = api.call('sendMessage', { chat_id: 4711, text: 'second' }, controller.signal);
  controller.abort();
  resolve();
  await t.rejects(second, { code: 'aborted' });
  t.ok(await first);
  t.equal(server.ledger.calls('sendMessage').length, 1);
});
