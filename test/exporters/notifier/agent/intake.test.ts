import t from 'tap';
import type { Event } from '../../../../agent/model/event.ts';
import { createIntake } from '../../../../exporters/notifier/agent/intake.ts';
import { Tale } from '../classify/sample-events.ts';

t.test(
  'what a disk does not take waits, in order, and trouble is over only where there was one',
  async (t) => {
    const taken: Event[] = [];
    const said: string[] = [];
    const over = Promise.withResolvers<void>();
    let isFull = false;
    const intake = createIntake({
      take: (events) => {
        if (isFull) throw new Error('full');
        taken.push(...events);
      },
      onTrouble: (why) => said.push(why),
      onTroubleOver: () => {
        said.push('over');
        over.resolve();
      },
    });
    t.teardown(() => intake.close());
    const tale = new Tale();
    const [first, second, third] = [1, 2, 3].map(() => tale.hung());
    if (!first || !second || !third) throw new Error('three events');
    intake.put([first]);
    t.same([taken, said, intake.isStuck], [[first], [], false]);
    isFull = true;
    intake.put([second]);
    t.same([said, intake.isStuck], [['full'], true]);
    isFull = false;
    intake.put([third]);
    t.equal(taken.length, 1, 'it waits its turn');
    await over.promise;
    t.same(taken, [first, second, third]);
    t.same([said, intake.isStuck], [['full', 'over'], false]);
  },
);
