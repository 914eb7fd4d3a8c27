import t from 'tap';
import { route } from '../../../../exporters/notifier/classify/route.ts';
import { alertsIn, fold, noon, settings, settingsWith, Tale } from './sample-events.ts';

/* What owners of other servers, and people who turn bad, cannot do to somebody's alerts. */

const people = { audience: 'people' as const, minSeverity: 'warning' as const };
const hour = 3_600_000;

t.test('a session of the same name on another server ends no alert', async (t) => {
  const tale = new Tale();
  const book = fold([...tale.died(['api'], { cause: 'oom-system', scope: 'host' }, 'ada')]);
  const after = fold([tale.wait(5000).back('api', 'bob')], book);
  t.match(alertsIn(after), [{ status: 'firing', down: ['api'] }]);
  t.match(alertsIn(fold([tale.back('api', 'ada')], after)), [{ status: 'resolved', down: [] }]);
});

t.test('nor is it given up in its place', async (t) => {
  const tale = new Tale();
  const book = fold([...tale.died(['api'], {}, 'ada'), ...tale.died(['api'], {}, 'bob')]);
  const after = fold([tale.decided('suspend', 'api', 'ada')], book);
  t.match(alertsIn(after), [
    { server: 'ada', gaveUp: true },
    { server: 'bob', gaveUp: false },
  ]);
});

t.test('nor is it silenced', async (t) => {
  const tale = new Tale();
  const book = fold([...tale.died(['api'], {}, 'ada')]);
  const silence = (server: string | null) =>
    fold([tale.event('alert.silenced', { ...silenced, server })], book);
  const silenced = {
    ...{ silence: 's1', session: 'api', until: noon + hour, reason: '' },
    by: { uid: 1000, pid: 1, session: null },
  };
  const [alert] = alertsIn(book);
  const routed = (server: string | null) =>
    alert && route(alert, people, silence(server), null, noon + 10_000);
  t.equal(routed('bob'), 'tell');
  t.match(routed('ada'), { reason: 'silenced' });
  t.match(routed(null), { reason: 'silenced' });
});

t.test('that somebody was paired is told whatever is silenced, and at night', async (t) => {
  const tale = new Tale();
  const remote = { channel: 'telegram' as const, user: '7', name: 'Mallory' };
  const quiet = { from: 0, to: 24 * 60 - 1, timezone: 'UTC' };
  const silenced = { silence: 's1', session: null, until: noon + hour, reason: '' };
  const by = { uid: 0, pid: 1, session: null };
  const book = fold([
    tale.event('alert.silenced', { ...silenced, by }),
    tale.event('remote.paired', { remote }),
  ]);
  const [alert] = alertsIn(book);
  t.equal(alert && route(alert, people, book, quiet, noon), 'tell');
});

t.test('an agent that is killed again and again is no warning any more', async (t) => {
  const tale = new Tale();
  const killed = () =>
    tale.wait(60_000).event('agent.started', {
      ...{ version: '1', pid: 1, bootId: 'b', embedded: false },
      previous: { seq: 1, at: noon, clean: false, bootId: 'b' },
    });
  const twice = fold([killed(), killed()]);
  t.match(alertsIn(twice), [{ severity: 'warning', count: 2 }]);
  const thrice = fold([killed()], twice);
  t.match(alertsIn(thrice), [{ severity: 'critical', count: 3, loudAt: tale.now }]);
  const { loudAt } = alertsIn(thrice)[0] ?? {};
  const often = fold(Array.from({ length: 9 }, killed), thrice);
  t.match(alertsIn(often), [{ count: 12, loudAt }], 'not each time');
  const long = Array.from({ length: 5 * 60 }, killed);
  const [last] = alertsIn(fold(long, often, settingsWith({ alerts: { repeatMs: 4 * hour } })));
  t.ok((last?.loudAt ?? 0) > (loudAt ?? 0), 'but again after hours');
});

t.test('what goes on is not pushed out by what only happened', async (t) => {
  const tale = new Tale();
  const events = [tale.hung(), ...Array.from({ length: 400 }, (_, i) => tale.died([`s${i}`]))];
  const book = fold(events.flat(), undefined, settings);
  t.ok(alertsIn(book).some(({ kind, status }) => kind === 'server-hung' && status === 'firing'));
  t.ok(alertsIn(book).length <= 300);
});
