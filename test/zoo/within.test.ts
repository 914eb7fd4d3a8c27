import t from 'tap';
import { within, withinAt } from './within.ts';

const limitMs = 20;

t.test('what is over in time is passed on, and so is its failure', async (t) => {
  t.equal(await within(1000, Promise.resolve(1)), 1);
  await t.rejects(within(1000, Promise.reject(new Error('no tmux'))), { message: 'no tmux' });
});

/** One place, and what becomes of it. */
const lender = () => {
  let back = 0;
  const lend = <T>(use: (place: string) => Promise<T>): Promise<T> =>
    use('place').finally(() => {
      back += 1;
    });
  return { lend, back: () => back };
};

t.test('a place is back with the work that is over', async (t) => {
  const { lend, back } = lender();
  t.equal(await withinAt(1000, lend, async (place: string) => `at the ${place}`), 'at the place');
  t.equal(back(), 1);
  const failing = withinAt(1000, lend, () => Promise.reject(new Error('no tmux')));
  await t.rejects(failing, { message: 'no tmux' });
  t.equal(back(), 2);
});

t.test('a place is not given back while the work at it goes on', async (t) => {
  const { lend, back } = lender();
  const work = Promise.withResolvers<void>();
  const waiting = withinAt(limitMs, lend, () => work.promise);
  await t.rejects(waiting, { message: 'not over in 20 ms' });
  t.equal(back(), 0);
  // Nobody hears of its failure any more, nor has to.
  work.reject(new Error('no tmux'));
  await work.promise.catch(() => undefined);
  await new Promise(setImmediate);
  t.equal(back(), 1);
});

t.test('where no place is to be had there is nothing to wait for', async (t) => {
  const lend = () => Promise.reject(new Error('no place'));
  const waiting = withinAt(1000, lend, () => Promise.resolve());
  await t.rejects(waiting, { message: 'no place' });
});
