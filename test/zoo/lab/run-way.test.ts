import t from 'tap';
import { runAndMend } from './run-way.ts';

const result = { broken: 'not tried' };
const longMs = 60_000;

t.test('what was changed is changed back in the opposite order', async (t) => {
  const mended: string[] = [];
  const run = await runAndMend(longMs, async (mend) => {
    for (const what of ['first', 'second']) mend(async () => mended.push(what));
    return result;
  });
  t.same(run, { result, unmended: null });
  t.same(mended, ['second', 'first']);
});

t.test('what cannot be changed back costs neither the outcome nor the other mends', async (t) => {
  const mended: string[] = [];
  const run = await runAndMend(longMs, async (mend) => {
    mend(async () => mended.push('first'));
    mend(() => Promise.reject(new Error('no login\nat all')));
    return result;
  });
  t.same(run, { result, unmended: 'it could not be mended: no login' });
  t.same(mended, ['first']);
});

t.test('a way that breaks is mended too', async (t) => {
  const mended: string[] = [];
  const run = await runAndMend(longMs, async (mend) => {
    mend(async () => mended.push('first'));
    throw new Error('no tmux');
  });
  t.same(run, { result: { broken: 'no tmux' }, unmended: null });
  t.same(mended, ['first']);
});

t.test('after one that goes on the machine is not as before', async (t) => {
  const work = Promise.withResolvers<typeof result>();
  const run = await runAndMend(20, () => work.promise);
  t.same(run, { result: { broken: 'not over in 20 ms' }, unmended: 'it goes on' });
  work.resolve(result);
});
