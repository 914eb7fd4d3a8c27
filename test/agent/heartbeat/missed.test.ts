import fc from 'fast-check';
import t from 'tap';
import { createMissed, slackMs } from '../../../agent/heartbeat/missed.ts';
import { createSeen } from '../../../agent/heartbeat/seen.ts';

interface Message {
  id: string;
  at: number;
}

const now = 1_700_000_000_000;
const keys = { idOf: ({ id }: Message) => id, timeOf: ({ at }: Message) => at };

t.test('of what is polled it takes what nothing brought, each once and in order', async (t) => {
  const missed = createMissed(keys, now);
  const [a, b, c] = ['a', 'b', 'c'].map((id, n) => ({ id, at: now + n })) as [
    Message,
    Message,
    Message,
  ];
  t.equal(missed.heard(b, now), true);
  t.same(missed.take([c, b, a, c, { id: 'old', at: now - 1 }], now), [a, c]);
  t.same(missed.take([a, b, c], now), []);
  t.equal(missed.heard(a, now), false);
  t.equal(missed.heard(b, now), false, 'a service may deliver twice');
});

t.test(
  'what cannot be told apart is handled where an event brings it, and not polled',
  async (t) => {
    const missed = createMissed<Message>(keys, 0);
    const strange = [null as never, { id: 7 as never, at: now }, { id: 'x', at: Number.NaN }];
    t.same(missed.take(strange, now), []);
    for (const one of strange) t.equal(missed.heard(one, now), true);
  },
);

t.test('one stamped in the future does not end it', async (t) => {
  const missed = createMissed(keys, now);
  missed.heard({ id: 'future', at: now + 365 * 86_400_000 }, now);
  for (let n = 0; n < 5001; n += 1) missed.heard({ id: `${n}`, at: now + n }, now + n);
  const late = { id: 'late', at: now + slackMs + 1 };
  t.same(missed.take([late], now + slackMs + 1), [late]);
});

t.test('more at once than it remembers is taken as a whole, and not taken again', async (t) => {
  const missed = createMissed(keys, now);
  const many = Array.from({ length: 6000 }, (_, n) => ({ id: `${n}`, at: now + n }));
  t.equal(missed.take(many.toReversed(), now)[5999]?.id, '5999');
  t.same(missed.take(many, now), []);
});

t.test('of those it has forgotten none is new', async (t) => {
  const time = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(
      fc.array(time, { maxLength: 60 }),
      fc.integer({ min: 1, max: 8 }),
      (times, most) => {
        const seen = createSeen(most, 5);
        for (const [i, at] of times.entries()) {
          seen.add(`${i}`, at);
          const known = times.slice(0, i + 1).map((_, id) => seen.has(`${id}`));
          t.ok(known.filter(Boolean).length <= most, 'bounded');
          t.equal(known.at(-1), true, 'the newest is known');
          known.forEach((is, id) => {
            if (!is) t.ok(seen.isOld(times[id] ?? 0), 'what is forgotten is old');
          });
        }
      },
    ),
    { numRuns: 100 },
  );
});
