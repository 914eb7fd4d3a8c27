import t from 'tap';
import type { DayHours } from '../../../../agent/model/hours.ts';
import type { Alert } from '../../../../exporters/notifier/classify/alert.ts';
import type { Book } from '../../../../exporters/notifier/classify/book.ts';
import { newAlert } from '../../../../exporters/notifier/classify/open.ts';
import { type Audience, route } from '../../../../exporters/notifier/classify/route.ts';
import { agentGone } from '../../../../exporters/notifier/classify/tick.ts';
import { alertsIn, fold, noon, Tale } from './sample-events.ts';

const people: Audience = { audience: 'people', minSeverity: 'warning' };
const programs: Audience = { audience: 'programs', minSeverity: 'warning' };
const allDay: DayHours = { from: 0, to: 23 * 60, timezone: 'UTC' };

const only = (book: Book, kind?: Alert['kind']): Alert => {
  const alert = alertsIn(book).find((one) => kind === undefined || one.kind === kind);
  if (!alert) throw new Error('no alert');
  return alert;
};

const routeOf = (book: Book, now = noon, to = people, quiet: DayHours | null = null) =>
  route(only(book), to, book, quiet, now);

t.test('it is told', async (t) => {
  t.equal(routeOf(fold(new Tale().died(['web']))), 'tell');
});

t.test('held until there is a verdict, or it took too long', async (t) => {
  const book = fold(new Tale().opened(['web']).events);
  const until = noon + 1500;
  t.same(routeOf(book, noon), { reason: 'held', until });
  t.same(routeOf(book, until - 1), { reason: 'held', until });
  t.equal(routeOf(book, until), 'tell');
  t.equal(routeOf(book, noon - 86_400_000), 'tell', 'a clock that was set back holds nothing');
});

t.test('a clock that was set back ends a silence', async (t) => {
  const tale = new Tale();
  const book = fold([tale.silenced(null, 3_600_000), ...tale.died(['web'])]);
  t.match(routeOf(book), { reason: 'silenced' });
  t.equal(routeOf(book, noon - 86_400_000), 'tell');
});

t.test('over before anybody was told', async (t) => {
  const tale = new Tale();
  const mended = { reason: 'mended-in-time', until: null };
  const book = fold([tale.serverDied(0), tale.wait(10).serverFound()]);
  t.same(routeOf(book), mended);
  t.same(routeOf(book, noon + 86_400_000), mended);
  t.same(routeOf(fold([tale.serverDied(0)], book), tale.now).valueOf(), {
    reason: 'held',
    until: tale.now + 10_000,
  });
});

t.test('again, and over before those were told who never were', async (t) => {
  const tale = new Tale();
  const first = [tale.serverDied(0), tale.wait(60_000).serverFound()];
  const book = fold([...first, tale.wait(60_000).serverDied(0), tale.wait(2000).serverFound()]);
  t.match(only(book), { status: 'resolved', count: 2, untold: null }, 'who heard of it hears more');
  t.same(routeOf(book, tale.now), { reason: 'mended-in-time', until: null });
  t.equal(routeOf(fold(first), tale.now), 'tell', 'what lasted longer is told all the same');
});

t.test('less serious than is told there', async (t) => {
  const book = fold(new Tale().died(['web'], { cause: 'unit-stop' }));
  t.same(routeOf(book), { reason: 'below-threshold', until: null });
  t.equal(routeOf(book, noon, { audience: 'people', minSeverity: 'notice' }), 'tell');
  t.equal(routeOf(book, noon, { audience: 'people', minSeverity: 'info' }), 'tell');
});

t.test('a part of what is told already', async (t) => {
  const tale = new Tale();
  const route_ = (book: Book, kind: Alert['kind']) =>
    route(only(book, kind), people, book, null, tale.now);
  const inhibited = { reason: 'inhibited', until: null };
  let book = fold([tale.socketLost(), tale.decided('suspend', null), tale.hung()]);
  tale.wait(20_000);
  t.same(route_(book, 'socket-lost'), inhibited);
  t.same(route_(book, 'recovery-stopped'), inhibited);
  t.equal(route_(book, 'server-hung'), 'tell');
  book = fold([tale.resumed()], book);
  t.equal(route_(book, 'socket-lost'), 'tell');
  t.equal(route_(book, 'recovery-stopped'), 'tell');
  const other = fold([tale.socketLost('other'), tale.wait(20_000).hung()]);
  t.equal(route_(other, 'socket-lost'), 'tell', 'of another server');
  const lost = fold([tale.event('link.lost', { owner: 'deploy', pid: 1, reason: '' })]);
  tale.wait(30_000);
  t.equal(route_(lost, 'link-lost'), 'tell');
  t.same(route_(agentGone(lost, tale.now), 'link-lost'), inhibited);
});

t.test('silences: of everything, of a session, until they end', async (t) => {
  const tale = new Tale();
  const died = fold(tale.died(['a', 'b']));
  const silenced = (...events: Parameters<typeof fold>[0]) => routeOf(fold(events, died), tale.now);
  t.same(silenced(tale.silenced(null, 1000)), { reason: 'silenced', until: noon + 1000 });
  t.equal(silenced(tale.silenced('a', 1000)), 'tell', 'the other is not silenced');
  t.same(silenced(tale.silenced('a', 1000, '1'), tale.silenced('b', 2000, '2')), {
    reason: 'silenced',
    until: noon + 1000,
  });
  t.same(silenced(tale.silenced('a', 9000, '1'), tale.silenced(null, 2000, '2')), {
    reason: 'silenced',
    until: noon + 2000,
  });
  t.same(silenced(tale.silenced(null, 1000, '1'), tale.silenced(null, 5000, '2')), {
    reason: 'silenced',
    until: noon + 5000,
  });
  const book = fold([tale.silenced(null, 1000)], died);
  t.equal(routeOf(book, noon + 1000), 'tell', 'it is over');
  t.same(routeOf(fold([tale.hung(), tale.silenced('a', 1000)])), 'tell', 'it is of no session');
  t.same(routeOf(fold([tale.hung(), tale.silenced(null, 1000)])), {
    reason: 'silenced',
    until: noon + 1000,
  });
  t.same(routeOf(book, noon, programs), { reason: 'silenced', until: noon + 1000 });
});

t.test('quiet hours are for people, and what is critical is told in them', async (t) => {
  const until = Date.UTC(2026, 0, 31, 23);
  const died = fold(new Tale().died(['web']));
  t.same(routeOf(died, noon, people, allDay), { reason: 'quiet-hours', until });
  t.equal(routeOf(died, until, people, allDay), 'tell');
  t.equal(routeOf(died, noon, programs, allDay), 'tell');
  t.equal(routeOf(fold([new Tale().hung()]), noon, people, allDay), 'tell');
});

t.test('a test is told whatever holds back others', async (t) => {
  const book = fold([new Tale().silenced(null, 1000)]);
  const test = newAlert('test', '', { at: noon, seq: 1, trace: '' });
  t.equal(route(test, people, book, allDay, noon), 'tell');
});
