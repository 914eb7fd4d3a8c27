import t from 'tap';
import { choose, type Suite } from './suite.ts';

const suite = (name: string, after?: Suite): Suite => ({
  name,
  about: '',
  checks: [],
  ...(after === undefined ? {} : { after }),
});
const first = suite('first');
const second = suite('second', first);
const third = suite('third', second);
const alone = suite('alone');
const all = [first, second, alone, third];

t.test('without a name all suites run', async (t) => {
  t.same(choose(all, []), [all, []]);
});

t.test('a suite brings those it builds on, in the order of all', async (t) => {
  t.same(choose(all, ['third']), [[first, second, third], []]);
  t.same(choose(all, ['alone', 'first']), [[first, alone], []]);
});

t.test('those that take long are left out where that is asked for', async (t) => {
  const long = { ...suite('long', second), long: true };
  t.same(choose([...all, long], [], true), [all, [long]]);
  t.same(choose([...all, long], []), [[...all, long], []]);
  t.same(choose([...all, long], ['long'], true), [[], [long]], 'nor what they build on');
});
