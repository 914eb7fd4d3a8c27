import t from 'tap';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { alertsIn, fold, Tale } from './sample-events.ts';

const ref = { session: 'web', server: 'main' };

const held = (tale: Tale, reason: 'gave-up' | 'needs-person') =>
  tale.event('refresh.held', { ...ref, reason, refresh: null });

const kindsIn = (book: ReturnType<typeof fold>) =>
  alertsIn(book).map(({ kind, status, lapsed }) => `${kind} ${status}${lapsed ? ' lapsed' : ''}`);

const ended = (tale: Tale, reason: 'intended' | 'replaced') =>
  tale.event('session.ended', { ...ref, life: 'l', reason, intent: null, ageMs: 1 });

t.test('a login that could not be renewed is told at once, and that it is a new one', async (t) => {
  const tale = new Tale();
  const book = fold([held(tale, 'gave-up')]);
  t.match(alertsIn(book), [
    {
      ...{ kind: 'refresh-failed', severity: 'warning', holdUntil: null, server: 'main' },
      sessions: ['web'],
    },
  ]);
  const done = { ...ref, refresh: 'r1', life: 'l', tookMs: 1, ageMs: 2 };
  t.same(kindsIn(fold([tale.event('refresh.done', done)], book)), ['refresh-failed resolved']);
  const released = { ...ref, reason: 'gave-up' as const, why: 'renewed' as const };
  t.same(kindsIn(fold([tale.event('refresh.released', released)], book)), [
    'refresh-failed resolved',
  ]);
  t.same(kindsIn(fold([held(tale, 'gave-up')], book)), ['refresh-failed firing'], 'still one');
});

t.test('that a bot waits for somebody is told by the bot alone', async (t) => {
  const tale = new Tale();
  t.same(kindsIn(fold([held(tale, 'needs-person')])), []);
  const book = fold([held(tale, 'gave-up'), held(tale, 'needs-person')]);
  t.same(kindsIn(book), ['refresh-failed resolved lapsed']);
});

t.test('with its unit it is over, but not when systemd starts that again', async (t) => {
  const tale = new Tale();
  const about = { session: 'gateway', server: unitsServer };
  const book = fold([tale.event('refresh.held', { ...about, reason: 'gave-up', refresh: null })]);
  const ends = (next: 'restarting' | 'stopped') =>
    tale.event('unit.ended', {
      ...{ ...about, unit: 'gateway.service', life: 'l', how: 'stopped', next, action: null },
      ...{ result: 'success', exit: null, why: '', ageMs: 1, lastSeen: 1 },
    });
  t.same(kindsIn(fold([ends('restarting')], book)), ['refresh-failed firing']);
  t.same(kindsIn(fold([ends('stopped')], book)), ['refresh-failed resolved lapsed']);
  const undeclared = tale.event('unit.undeclared', { session: 'gateway' });
  t.same(kindsIn(fold([undeclared], book)), ['refresh-failed resolved lapsed']);
});

t.test('with its session it is over, but not when that is started anew', async (t) => {
  const tale = new Tale();
  const book = fold([held(tale, 'gave-up')]);
  t.same(kindsIn(fold([ended(tale, 'intended')], book)), ['refresh-failed resolved lapsed']);
  t.same(kindsIn(fold([ended(tale, 'replaced')], book)), ['refresh-failed firing']);
  t.same(kindsIn(fold(tale.died(['web']), book)).slice(0, 1), ['refresh-failed resolved lapsed']);
});
