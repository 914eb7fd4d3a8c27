import t from 'tap';
import { differenceOf } from './match.ts';

t.test('what a page says is what a machine prints', async (t) => {
  const fits: [expected: string[], output: string][] = [
    [[], ''],
    [[], '\n'],
    [['a', 'b'], 'a\nb\n'],
    [['up …, or not (a.b)'], 'up 3s, or not (a.b)\n'],
    [['up …'], 'up\n'],
    [['…'], ''],
    [['…'], 'a\nb\n'],
    [['…', 'b', '…'], 'a\nb\nb\n'],
    [['…', 'b'], 'b\nb\nb\n'],
    [['a', '…', 'c', '…', 'e'], 'a\nb\nc\nd\nc\ne'],
    // Columns are as wide as what is in them.
    [['main  up', '', 'x'], '\n  main     up\n\nx'],
  ];
  for (const [expected, output] of fits) t.equal(differenceOf(expected, output), null, output);
});

t.test('the first line that differs is told', async (t) => {
  const differs = (expected: string[], output: string, line: string | null, at: string | null) =>
    t.same(differenceOf(expected, output), { expected: line, actual: at }, output);
  differs(['a', 'b'], 'a\nc', 'b', 'c');
  differs(['a', 'b'], 'a', 'b', null);
  differs(['a'], 'a\nb', null, 'b');
  differs([], 'trouble', null, 'trouble');
  differs(['a.b'], 'axb', 'a.b', 'axb');
  differs(['…', 'b'], 'a\nb\nc', null, 'c');
  differs(['a', '…', 'z'], 'a\nb\nc', 'z', 'b');
  differs(['a', '', 'b'], 'a\nb', '', 'b');
  differs(['main', 'up'], 'main up', 'main', 'main up');
});
