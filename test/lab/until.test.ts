import t from 'tap';
import { until } from './until.ts';

t.test('it asks until something is found', async (t) => {
  const answers = [false, null, undefined, 'found'];
  t.equal(await until('it', async () => answers.shift(), 5000), 'found');
  t.equal(await until('a zero', async () => 0, 0), 0, 'zero is something');
});

t.test('what it waited for, and why it did not come, is in the error', async (t) => {
  const failing = async (): Promise<boolean> => {
    throw new Error('refused');
  };
  await t.rejects(until('the answer', failing, 0), /the answer: not within 0 s: refused/);
});
