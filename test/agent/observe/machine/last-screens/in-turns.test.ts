import t from 'tap';
import { inTurns } from '../../../../../agent/observe/machine/last-screens/in-turns.ts';

const costOf = (item: number): number => item;

t.test('it is the turn of the queue that has had least', async (t) => {
  t.strictSame([...inTurns([], costOf)], []);
  t.strictSame([...inTurns([[], [1, 2]], costOf)], [1, 2]);
  t.strictSame(
    [
      ...inTurns(
        [
          [9, 9],
          [1, 2, 3],
          [4, 4],
        ],
        costOf,
      ),
    ],
    [9, 1, 4, 2, 3, 4, 9],
  );
});

t.test('what one costs is asked when it is done', async (t) => {
  const costs = new Map<string, number>();
  const done: string[] = [];
  for (const item of inTurns(
    [
      ['a', 'A'],
      ['b', 'B', 'β'],
    ],
    (one) => costs.get(one) ?? 0,
  )) {
    done.push(item);
    costs.set(item, item === 'a' ? 10 : 1);
  }
  t.strictSame(done, ['a', 'b', 'B', 'β', 'A']);
});
