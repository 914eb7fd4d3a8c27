import t from 'tap';
import { formatSpan } from '../../../../agent/model/text/span-text.ts';

t.test('a span is told in the largest unit of which there are two', (t) => {
  t.strictSame([-5, 0, 1500, 119_000, 120_000, 900_000, 7_200_000, 172_800_000].map(formatSpan), [
    '0s',
    '0s',
    '1s',
    '119s',
    '2m',
    '15m',
    '2h',
    '2d',
  ]);
  t.end();
});
