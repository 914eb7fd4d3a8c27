import t from 'tap';
import { stormNews } from '../../../../exporters/notifier/outbox/storm-news.ts';

type Row = Parameters<typeof stormNews>[0];
type Totals = Parameters<typeof stormNews>[1];

const minute = 60_000;
/** When people heard of the storm last. */
const heard = 1_000_000_000;

const row: Row = { severity: 'error', over: 0, loud_at: heard, servers: 3 };
const totals: Totals = {
  ...{ alerts: 5, over: 1, worst: 'error', servers: 3 },
  ...{ loud: heard, lastLoud: heard },
};
const later = { loud: heard + 1, lastLoud: heard + 1 };
const allOver = { over: 5, loud: 0 };

const cases: [string, ReturnType<typeof stormNews>, Partial<Totals>, number, Partial<Row>?][] = [
  ['nothing new', null, {}, 99 * minute],
  ['more, too soon', null, later, 10 * minute - 1],
  ['more, after ten minutes', 'more', later, 10 * minute],
  ['more, and the clock was set back', 'more', later, -10 * minute],
  ['a worse one, at once', 'worse', { worst: 'critical' }, 0],
  ['a lesser one', null, { worst: 'warning' }, 99 * minute],
  ['another server, too soon', null, { servers: 4 }, minute - 1],
  ['another server, after a minute', 'wider', { servers: 4 }, minute],
  ['fewer servers', null, { servers: 2 }, minute],
  [
    'the end of one that people were to hear of',
    null,
    { over: 2, lastLoud: heard + 1 },
    99 * minute,
  ],
  ['the end of all', 'ended', { ...allOver, lastLoud: heard + 1 }, 10 * minute],
  ['the end of all, too soon', null, { ...allOver, lastLoud: heard + 1 }, minute],
  ['the end of all, of which nobody is to hear', null, { ...allOver, lastLoud: 0 }, 99 * minute],
  ['the end of all, heard of', null, { ...allOver, lastLoud: heard + 1 }, 99 * minute, { over: 1 }],
  ['one that is alone, at once', 'alone', { alerts: 1, over: 0, ...later }, 0],
  ['one that is alone and ends', 'alone', { alerts: 1, over: 1, loud: 0, lastLoud: heard + 1 }, 0],
  ['one that is alone and has no news', null, { alerts: 1, over: 0 }, 99 * minute],
];

for (const [name, news, changes, afterMs, before = {}] of cases) {
  t.test(name, async (t) => {
    const found = stormNews({ ...row, ...before }, { ...totals, ...changes }, heard + afterMs);
    t.equal(found, news);
  });
}
