import t from 'tap';
import { createPacing } from '../../../agent/api/pacing.ts';

const owner = {
  ...{ uid: 1000, isOperator: false, isReader: false, isNotifier: false, owner: 'ada' },
};
const refusal = { code: 'too-many-requests' };

t.test('an owner acts a hundred times at once, then twice a second', async (t) => {
  let now = 0;
  const pace = createPacing(() => now);
  const act = (): void => pace('session.start', owner);
  const untilRefused = (): number => {
    for (let count = 0; ; count += 1) {
      try {
        act();
      } catch {
        return count;
      }
    }
  };
  t.equal(untilRefused(), 101, 'as many, and one that makes a debt');
  t.throws(act, refusal);
  now += 5000;
  t.equal(untilRefused(), 10);
});

t.test(
  'the notifier brings as many events as a link, and asks for people as often as it likes',
  async (t) => {
    let now = 0;
    const pace = createPacing(() => now);
    const notifier = { ...owner, owner: null, isNotifier: true };
    const record = (): void => pace('notifier.record', notifier, 100);
    for (let count = 0; count < 101; count += 1) record();
    t.throws(record, { code: 'too-fast', retryable: true });
    t.doesNotThrow(() => pace('session.restart', notifier));
    t.doesNotThrow(() => pace('notifier.record', { ...notifier, isOperator: true }, 100));
    now += 5000;
    t.doesNotThrow(record, 'twenty a second');
    t.throws(record, { code: 'too-fast' });
  },
);

t.test('nobody else is bounded by it, nor does looking cost anything', async (t) => {
  const pace = createPacing(() => 0);
  for (let count = 0; count < 101; count += 1) pace('session.stop', owner);
  t.throws(() => pace('session.stop', owner), refusal);
  for (let count = 0; count < 500; count += 1) {
    pace('status', owner);
    pace('session.stop', { ...owner, isOperator: true });
    pace('notifier.record', { ...owner, isNotifier: true });
  }
  t.doesNotThrow(() => pace('session.stop', { ...owner, uid: 1001 }));
});
