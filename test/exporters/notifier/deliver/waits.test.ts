import t from 'tap';
import { backOffMs, waitMs } from '../../../../exporters/notifier/deliver/back-off.ts';
import { sentNote } from '../../../../exporters/notifier/deliver/note-of.ts';
import { isStale } from '../../../../exporters/notifier/deliver/stale.ts';
import { sampleCard } from '../sample-card.ts';

const hour = 3_600_000;

t.test('waits grow, up to a minute and a quarter', async (t) => {
  t.same(
    [0, 1, 2, 5, 6, 50].map((failures) => backOffMs(failures, 0)),
    [...[1000, 2000, 4000, 32_000, 60_000, 60_000]],
  );
  t.equal(backOffMs(6, 1), 75_000);
});

t.test('who says how long is obeyed, within reason', async (t) => {
  t.equal(waitMs(null, 1, 0), 2000);
  t.equal(waitMs(7000, 1, 0), 7000);
  t.equal(waitMs(0, 1, 0), 100);
  t.equal(waitMs(1e12, 1, 0), 6 * hour);
});

t.test('how long what is worth telling', async (t) => {
  const stale = (severity: Parameters<typeof sampleCard>[0], ms: number) => {
    const card = sampleCard(severity);
    return isStale(card, ms);
  };
  t.same(
    [stale({ severity: 'notice' }, hour), stale({ severity: 'notice' }, hour + 1)],
    [false, true],
  );
  t.same(
    [stale({ severity: 'warning' }, 24 * hour), stale({ severity: 'warning' }, 25 * hour)],
    [...[false, true]],
  );
  t.same(
    [stale({ severity: 'critical' }, 168 * hour), stale({ severity: 'error' }, 169 * hour)],
    [...[false, true]],
  );
  t.equal(stale({ kind: 'test', severity: 'critical' }, 301_000), true);
  t.equal(stale({ severity: 'info' }, -99 * hour), false, 'a clock that was set back');
});

t.test('a change in place is nothing for the log', async (t) => {
  t.equal(sentNote(sampleCard({ loud: false }), {} as never, 0), null);
  const note = sentNote(sampleCard({ trace: '' }), { channel: 'x', attempts: 1 } as never, 0);
  t.match(note, { data: { channel: 'x', attempts: 2, afterMs: 0 } });
  t.notOk(note && 'trace' in note);
});
