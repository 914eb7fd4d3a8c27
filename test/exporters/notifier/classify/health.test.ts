import t from 'tap';
import { tick } from '../../../../exporters/notifier/classify/tick.ts';
import { alertsIn, fold, noon, settings, Tale } from './sample-events.ts';

const health = (tale: Tale, to: 'healthy' | 'degraded' | 'waiting' | 'failed', from = 'healthy') =>
  tale.event('health.changed', {
    ...{ session: 'web', server: 'main', life: 'l', from: from as 'healthy', to },
    ...{ check: to === 'healthy' ? null : 'screen', reason: 'its screen says /x\u0007/' },
  });

const kindsIn = (book: ReturnType<typeof fold>) =>
  alertsIn(book).map(({ kind, status, lapsed }) => `${kind} ${status}${lapsed ? ' lapsed' : ''}`);

t.test('a session that failed is told at once, and that it is well again', async (t) => {
  const tale = new Tale();
  const book = fold([health(tale, 'failed')]);
  t.match(alertsIn(book), [
    {
      ...{ kind: 'session-failed', severity: 'error', holdUntil: null, server: 'main' },
      ...{ sessions: ['web'], message: 'screen: its screen says /x/' },
    },
  ]);
  tale.wait(90_000);
  t.same(kindsIn(fold([health(tale, 'healthy', 'failed')], book)), ['session-failed resolved']);
});

t.test('one that is degraded is told where that lasts', async (t) => {
  const tale = new Tale();
  const book = fold([health(tale, 'degraded')]);
  t.match(alertsIn(book), [{ kind: 'session-degraded', holdUntil: noon + 300_000 }]);
  tale.wait(1000);
  t.match(alertsIn(fold([health(tale, 'healthy', 'degraded')], book)), [
    { status: 'resolved', untold: 'mended-in-time' },
  ]);
});

t.test('one that waits is told once, as serious as its configuration says', async (t) => {
  const tale = new Tale();
  const waiting = [health(tale, 'waiting')];
  t.match(alertsIn(fold(waiting)), [{ kind: 'session-waiting', severity: 'warning' }]);
  const web = { importance: 'normal' as const, restart: true, waitingSeverity: 'error' as const };
  const serious = { ...settings, sessions: { web } };
  const book = fold(waiting, undefined, serious);
  t.match(alertsIn(book), [{ kind: 'session-waiting', severity: 'error' }]);
  t.equal(tick(book, serious, noon + 10 * serious.alerts.repeatMs), book);
});

t.test('what is something else now, or is over, is not well', async (t) => {
  const tale = new Tale();
  const book = fold([health(tale, 'failed'), health(tale, 'waiting', 'failed')]);
  t.same(kindsIn(book), ['session-failed resolved lapsed', 'session-waiting firing']);
  const ended = { session: 'web', server: 'main', life: 'l', reason: 'intended' as const };
  const over = tale.event('session.ended', { ...ended, intent: null, ageMs: 1 });
  t.same(kindsIn(fold([over], book)), [
    'session-failed resolved lapsed',
    'session-waiting resolved lapsed',
  ]);
  t.same(kindsIn(fold([health(tale, 'failed'), ...tale.died(['web'])])).slice(0, 1), [
    'session-failed resolved lapsed',
  ]);
  const starting = tale.event('health.changed', {
    ...{ session: 'web', server: 'main', life: 'l', from: null, to: 'starting' },
    ...{ check: null, reason: '' },
  });
  t.same(kindsIn(fold([starting])), []);
});
