import fc from 'fast-check';
import t from 'tap';
import { type Arrivals, arrivedIn, countArrivals } from '../../../../agent/model/bot/arrivals.ts';

const within = 60_000;
const bot = (count: number, startedAt = 1, name = '') => ({ bot: name, startedAt, count });

const counting = () => {
  let known: Arrivals | undefined;
  return (at: number, ...totals: ReturnType<typeof bot>[]): Arrivals => {
    known = countArrivals(known, totals, at, within);
    return known;
  };
};

t.test('what came before is not known, what comes then is counted for its time', async (t) => {
  const count = counting();
  t.match(count(1000, bot(500)), { since: 1000, lastAt: null, slots: [] });
  t.match(count(2000, bot(500)), { since: 1000, lastAt: null });
  const some = count(3000, bot(502));
  t.match(some, { since: 1000, lastAt: 3000 });
  t.equal(arrivedIn(some), 2);
  t.equal(arrivedIn(count(3500, bot(503))), 3);
  t.equal(arrivedIn(count(63_000, bot(503))), 3);
  const none = count(65_000, bot(503));
  t.equal(arrivedIn(none), 0);
  t.match(none, { since: 1000, lastAt: 3500 });
});

t.test('a process that began anew counts from nothing, and the time begins anew', async (t) => {
  const count = counting();
  count(1000, bot(500));
  count(2000, bot(501));
  const anew = count(3000, bot(2, 9));
  t.match(anew, { since: 3000, lastAt: 3000 });
  t.equal(arrivedIn(anew), 3);
  t.equal(arrivedIn(count(4000, bot(1, 9))), 3, 'a total that falls takes nothing away');
});

t.test('several are added up; one that was not known brings nothing', async (t) => {
  const count = counting();
  count(1000, bot(5, 1, 'a'));
  t.match(count(2000, bot(6, 1, 'a'), bot(700, 1, 'b')), { since: 2000 });
  t.equal(arrivedIn(count(3000, bot(7, 1, 'a'), bot(701, 1, 'b'))), 3);
  const one = count(4000, bot(9, 1, 'a'));
  t.match(one, { since: 2000, totals: [{ bot: 'a' }] });
  t.equal(arrivedIn(one), 5);
});

t.test('a clock that was set back and another time begin anew', async (t) => {
  const count = counting();
  count(10_000, bot(5));
  const before = count(11_000, bot(6));
  t.match(count(9000, bot(7)), { since: 9000, slots: [] });
  t.match(countArrivals(before, [bot(8)], 12_000, 2 * within), { since: 12_000, slots: [] });
});

/** A bot that gets messages, is started anew, is asked. Times go on. */
const steps = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 30_000 }),
    got: fc.integer({ min: 0, max: 5 }),
    which: fc.constantFrom('a', 'b'),
    restarts: fc.boolean(),
  }),
  { maxLength: 60 },
);

t.test('it counts what came in the time, and up to a sixtieth longer', async (t) => {
  fc.assert(
    fc.property(steps, (steps) => {
      const bots = { a: bot(0, 1, 'a'), b: bot(0, 1, 'b') };
      const count = counting();
      let at = 1_000_000;
      count(at, bots.a, bots.b);
      const came: { at: number; got: number }[] = [];
      for (const { after, got, which, restarts } of steps) {
        at += after;
        const { count: before, startedAt } = bots[which];
        bots[which] = restarts
          ? bot(got, startedAt + 1, which)
          : bot(before + got, startedAt, which);
        came.push({ at, got });
        const known = count(at, bots.a, bots.b);
        const since = (ms: number): number =>
          came.reduce((sum, one) => sum + (at - one.at <= ms ? one.got : 0), 0);
        const counted = arrivedIn(known);
        t.ok(counted >= since(within) && counted <= since(within + within / 60), 'as many');
        t.ok(known.slots.length <= 61, 'bounded');
        t.equal(known.lastAt, came.findLast(({ got }) => got > 0)?.at ?? null);
      }
    }),
    { numRuns: 200 },
  );
});
