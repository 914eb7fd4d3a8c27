import t from 'tap';
import type { Event } from '../../../../agent/model/event.ts';
import { createIntake } from '../../../../exporters/notifier/agent/intake.ts';
import { Tale } from '../classify/sample-events.ts';

t.test(
  'what a disk does not take waits, in order, and trouble is over only where there was one',
  async (t) => {
    const taken: Event[] = [];
    const runs: number[] = [];
    const said: string[] = [];
    const over = Promise.withResolvers<void>();
    let isFull = false;
    const intake = createIntake({
      take: (events, run) => {
        if (isFull) throw new Error('full');
        taken.push(...events);
        runs.push(run);
      },
      onTrouble: (why) => said.push(why),
      onTroubleOver: () => {
        said.push('over');
        over.resolve();
      },
    });
    t.teardown(() => intake.close());
    const tale = new Tale();
    const [first, second, third, fourth] = [1, 2, 3, 4].map(() => tale.hung());
    if (!first || !second || !third || !fourth) throw new Error('four events');
    const told = (event: Event, run = 1) => ({ event, run, stored: true });
    intake.put([told(first)]);
    t.same([taken, said, intake.isStuck], [[first], [], false]);
    isFull = true;
    intake.put([told(second)]);
    t.same([said, intake.isStuck], [['full'], true]);
    isFull = false;
    intake.put([told(third), told(fourth, 2)]);
    t.equal(taken.length, 1, 'it waits its turn');
    await over.promise;
    t.same(taken, [first, second, third, fourth]);
    t.same(runs, [1, 1, 2], 'those of one run together');
    t.same([said, intake.isStuck], [['full', 'over'], false]);
  },
);

t.test('what comes after its end is not taken: the outbox may be closed', async (t) => {
  const taken: Event[] = [];
  const intake = createIntake({
    take: (events) => taken.push(...events),
    onTrouble: () => undefined,
    onTroubleOver: () => undefined,
  });
  const tale = new Tale();
  const first = tale.hung();
  intake.put([{ event: first, run: 1, stored: true }]);
  intake.close();
  intake.put([{ event: tale.hung(), run: 1, stored: true }]);
  t.same(taken, [first]);
});
