import t from 'tap';
import type { Book } from '../../../../exporters/notifier/classify/book.ts';
import { alertsIn, fold, noon, Tale } from './sample-events.ts';

const minute = 60_000;

const only = (book: Book) => {
  const [alert, ...others] = alertsIn(book);
  if (!alert || others.length > 0) throw new Error(`${alertsIn(book).length} alerts`);
  return alert;
};

t.test('the same again within ten minutes is one alert with a count', async (t) => {
  const tale = new Tale();
  let book = fold([...tale.died(['web']), tale.wait(100).back('web')]);
  const first = only(book);
  book = fold(tale.wait(10 * minute).opened(['web']).events, book);
  const again = only(book);
  t.equal(again.alert, first.alert);
  t.match(again, { count: 2, status: 'firing', finding: null, incidents: ['1', '2'], deeds: [] });
  t.equal(again.severity, 'error', 'it is no less serious while the verdict is awaited');
  t.equal(again.holdUntil, tale.now + 1500);
  t.equal(again.loudAt, first.loudAt, 'the message changes in place');
  book = fold([tale.verdict('1'), tale.wait(200).verdict('2', { cause: 'intended' })], book);
  t.match(only(book), { severity: 'info', finding: { cause: 'intended' } });
  t.equal(only(book).loudAt, first.loudAt, 'less serious is no news');
  t.equal(only(book).openedAt, noon);
  book = fold([tale.wait(50).back('web')], book);
  t.equal(only(book).deeds[0]?.text, 'web is back after 250ms', 'since it last began');
  t.equal(only(book).loudAt, first.loudAt);
});

t.test('later than that it is another', async (t) => {
  const tale = new Tale();
  const book = fold([...tale.died(['web']), tale.wait(100).back('web')]);
  const after = fold(tale.wait(10 * minute + 1).died(['web']), book);
  t.same(
    alertsIn(after).map(({ count }) => count),
    [1, 1],
  );
});

t.test('the third time within the hour is more serious, and news', async (t) => {
  const tale = new Tale();
  const time = () => [...tale.wait(minute).died(['web']), tale.wait(100).back('web')];
  let book = fold([...time(), ...time()]);
  t.match(only(book), { count: 2, severity: 'error' });
  book = fold(time(), book);
  t.match(only(book), { count: 3, severity: 'critical' });
  t.equal(only(book).loudAt, tale.now - 100);
});

t.test('who heard that it was over hears that it is not', async (t) => {
  const tale = new Tale();
  let book = fold([...tale.died(['web']), tale.wait(2 * minute).back('web')]);
  t.equal(only(book).loudAt, tale.now);
  book = fold(tale.wait(minute).opened(['web']).events, book);
  t.equal(only(book).loudAt, tale.now);
});

t.test('what was one session and is several is news', async (t) => {
  const tale = new Tale();
  let book = fold([...tale.died(['a']), tale.wait(100).back('a')]);
  const { incident, events } = tale.wait(minute).opened(['a']);
  book = fold(events, book);
  t.equal(only(book).loudAt, noon);
  book = fold([tale.wait(500).grew(incident, ['b'])], book);
  t.equal(only(book).loudAt, tale.now);
});

t.test('what is told once is another after ten minutes, though nothing ends it', async (t) => {
  const tale = new Tale();
  const kill = () => tale.started({ clean: false, bootId: 'boot' });
  let book = fold([kill(), tale.wait(10 * minute).event('agent.stopping', { reason: 'signal' })]);
  book = fold([kill()], book);
  t.equal(only(book).count, 2);
  tale.wait(10 * minute + 1);
  book = fold([kill()], book);
  t.equal(alertsIn(book).length, 2);
});

t.test('mended in time: nobody hears of it, each time', async (t) => {
  const tale = new Tale();
  let book = fold([tale.serverDied(0), tale.wait(9999).serverFound()]);
  t.match(only(book), { untold: 'mended-in-time', status: 'resolved' });
  book = fold([tale.wait(minute).serverDied(0)], book);
  t.match(only(book), { status: 'firing', count: 2, holdUntil: tale.now + 10_000 });
  book = fold([tale.wait(5000).serverFound()], book);
  t.match(only(book), { untold: 'mended-in-time' });
  book = fold([tale.wait(minute).serverDied(0), tale.wait(10_000).serverFound()], book);
  t.match(only(book), { untold: null, status: 'resolved', count: 3 });
  book = fold([tale.wait(minute).serverDied(0), tale.wait(5000).serverFound()], book);
  t.match(only(book), { untold: null }, 'who was told of it is told that it is over');
});

t.test('a clock that was set back is no mending in time', async (t) => {
  const tale = new Tale();
  const book = fold([tale.serverDied(0), tale.wait(-86_400_000).serverFound()]);
  t.match(only(book), { untold: null, status: 'resolved' });
});

t.test('of one trace there may be several alerts', async (t) => {
  const tale = new Tale();
  const events = ['a', 'b'].map((server) =>
    tale.event(
      'incident.opened',
      { incident: server, server, lives: [], sessions: ['x'] },
      'f'.repeat(32),
    ),
  );
  t.equal(alertsIn(fold(events)).length, 2);
});

t.test('what takes several sessions is an alert each time: its cause may be another', async (t) => {
  const tale = new Tale();
  const killed = fold([...tale.died(['a', 'b']), tale.back('a'), tale.back('b')]);
  const book = fold(
    tale.wait(minute).died(['a', 'b'], { cause: 'shutdown', scope: 'host' }),
    killed,
  );
  t.match(alertsIn(book), [
    { status: 'resolved', finding: { cause: 'signal' } },
    { status: 'firing', finding: { cause: 'shutdown' } },
  ]);
});
