import t from 'tap';
import type { UnitDeath, UnitEvents, UnitRef } from '../../../../agent/model/events/unit.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { cardOf } from '../../../../exporters/notifier/present/card-of.ts';
import { alertsIn, fold, Tale } from './sample-events.ts';

const ref: UnitRef = { session: 'gateway', server: unitsServer, unit: 'telegram-gateway.service' };
const life = 'unit:0';

const ended = (tale: Tale, changes: Partial<UnitEvents['unit.ended']> = {}) =>
  tale.event('unit.ended', {
    ...{ ...ref, life, how: 'died', result: 'signal', exit: null, why: 'by \u0007SIGKILL' },
    ...{ next: 'restarting', action: null, ageMs: 1, lastSeen: 1, ...changes },
  });

const failed = (tale: Tale) =>
  tale.event('unit.failed', { ...ref, result: 'signal', why: 'by SIGKILL' });

const up = (tale: Tale) => tale.event('unit.up', { ...ref, life, pid: 1, startedAt: 1 });

const down = (tale: Tale) =>
  tale.event('unit.down', { ...ref, status: 'stopped', why: 'it does not run' });

const kindsIn = (book: ReturnType<typeof fold>) =>
  alertsIn(book).map(
    ({ kind, status, severity, count }) => `${kind} ${status} ${severity} ${count}`,
  );

t.test('a death that systemd mends is a warning; many within minutes are more', async (t) => {
  const tale = new Tale();
  const book = fold([ended(tale), up(tale)]);
  t.match(alertsIn(book), [
    { kind: 'unit-died', severity: 'warning', sessions: ['gateway'], message: 'by SIGKILL' },
  ]);
  const again = fold([ended(tale.wait(60_000)), ended(tale.wait(60_000))], book);
  t.same(kindsIn(again), ['unit-died firing error 3']);
});

const death: UnitDeath = {
  ...{ incident: '7', others: [], watched: 'live', usage: null, host: null, main: null },
  exitedAt: null,
};

const opened = (tale: Tale, ...sessions: string[]) =>
  tale.event('incident.opened', { incident: '7', server: unitsServer, lives: [life], sessions });

const judged = (tale: Tale) =>
  tale.event('verdict.reached', {
    incident: '7',
    verdict: {
      ...{ cause: 'signal', scope: 'session', confidence: 'certain', summary: 'by pkill' },
      ...{ signal: { name: 'SIGKILL', number: 9 }, exitStatus: null, evidence: [], missing: [] },
    },
  });

t.test('its verdict is told with it, and nothing is told of a session', async (t) => {
  const tale = new Tale();
  const voice = { session: 'voice', unit: 'voice.service', next: 'failed' } as const;
  const book = fold([
    opened(tale, 'gateway', 'voice'),
    ended(tale, { death }),
    ended(tale, { death, ...voice }),
  ]);
  t.match(alertsIn(book), [
    { kind: 'unit-died', incidents: ['7'], finding: null, ageMs: 1 },
    { kind: 'unit-failed', incidents: ['7'], sessions: ['voice'] },
  ]);
  t.notSame(alertsIn(book)[0]?.holdUntil, null, 'the verdict is waited for');
  const explained = fold([judged(tale)], book);
  for (const alert of alertsIn(explained)) {
    t.match(alert, { finding: { summary: 'by pkill' }, holdUntil: null });
    const { details, actions } = cardOf(alert, 'vps');
    t.ok(details.some(({ label, text }) => label === 'cause' && text === 'by pkill'));
    t.ok(actions.includes('why') && !actions.includes('screen'), 'it has no screen');
  }
  const again = fold([ended(tale.wait(60_000), { death: { ...death, incident: '8' } })], explained);
  t.match(alertsIn(again)[0], { incidents: ['7', '8'], finding: null, count: 2 });
  const often = fold([ended(tale.wait(60_000))], explained);
  t.match(alertsIn(often)[0], { incidents: ['7'], finding: { summary: 'by pkill' }, count: 2 });
});

t.test('one that is given up has the cause of its last death', async (t) => {
  const tale = new Tale();
  const told = fold([opened(tale, 'gateway'), ended(tale, { death }), judged(tale)]);
  const cause = { incidents: ['7'], finding: { summary: 'by pkill' }, holdUntil: null };
  const failedIn = (book: ReturnType<typeof fold>) =>
    alertsIn(book).find(({ kind }) => kind === 'unit-failed');
  tale.wait(1000);
  t.match(failedIn(fold([failed(tale)], told)), cause, 'it was to be started again at first');
  const often = fold([ended(tale, { next: 'failed' }), failed(tale)], told);
  t.match(failedIn(often), { ...cause, severity: 'critical' }, 'it died too often to be explained');
  const early = fold([ended(tale.wait(60_000), { death }), failed(tale)]);
  t.notSame(failedIn(early)?.holdUntil, null, 'its verdict is under way');
  t.match(failedIn(fold([judged(tale)], early)), cause);
});

t.test('one that was given up before has the newer cause', async (t) => {
  const tale = new Tale();
  const later = { ...death, incident: '8' };
  const before = fold([ended(tale, { death, next: 'failed' }), up(tale.wait(90_000))]);
  const again = fold([failed(tale.wait(1000))], before);
  t.match(alertsIn(again), [{ kind: 'unit-failed', incidents: ['7'], status: 'firing' }]);
  const newer = fold([ended(tale, { death: later }), failed(tale)], before);
  t.match(alertsIn(newer)[0], { kind: 'unit-failed', incidents: ['8'], status: 'firing' });
});

t.test('a loop that is not explained each time is not held for ever', async (t) => {
  const tale = new Tale();
  let book = fold([ended(tale, { death })]);
  const held = alertsIn(book)[0]?.holdUntil;
  const later = ended(tale.wait(1000), { death: { ...death, incident: '8' } });
  t.equal(alertsIn(fold([later], book))[0]?.holdUntil, held, 'the next verdict holds no longer');
  for (let i = 0; i < 5; i += 1) book = fold([ended(tale.wait(1000))], book);
  t.match(alertsIn(book), [{ count: 6, holdUntil: held }]);
  t.match(alertsIn(fold([ended(tale.wait(3_600_000))], book))[1], { count: 1, holdUntil: null });
  const anew = fold([ended(tale.wait(1000), { death })], book);
  t.ok((alertsIn(anew).at(-1)?.holdUntil ?? 0) > (held ?? 0), 'what was told waits for a verdict');
});

t.test('what somebody stopped, or was done, is no alert', async (t) => {
  const tale = new Tale();
  t.same(kindsIn(fold([ended(tale, { how: 'stopped', next: 'stopped' }), down(tale)])), []);
  t.same(kindsIn(fold([ended(tale, { how: 'finished' })])), []);
});

t.test('what systemd gives up is one alert, until it runs or is reset', async (t) => {
  const tale = new Tale();
  const book = fold([ended(tale, { next: 'failed' }), failed(tale), failed(tale)]);
  t.same(kindsIn(book), ['unit-failed firing critical 1']);
  tale.wait(90_000);
  const undeclared = tale.event('unit.undeclared', { session: 'gateway' });
  for (const end of [up(tale), down(tale), undeclared]) {
    t.same(kindsIn(fold([end], book)), ['unit-failed resolved critical 1'], end.type);
  }
});

t.test('with a unit ends what was said of its bot and its health', async (t) => {
  const tale = new Tale();
  const { session, server } = ref;
  const bot = tale.event('bot.connection_changed', {
    ...{ session, server, life, bot: '', from: 'ready', to: 'logged-out', why: '', needs: null },
    leftOut: 0,
  });
  const health = tale.event('health.changed', {
    ...{ session, server, life, from: 'healthy', to: 'failed', check: 'heartbeat', reason: '' },
  });
  const book = fold([bot, health]);
  t.same(
    alertsIn(book).map(({ kind }) => kind),
    ['bot-logged-out', 'session-failed'],
  );
  const over = alertsIn(fold([ended(tale.wait(1000), { how: 'stopped', next: 'stopped' })], book));
  t.same(
    over.map(({ lapsed }) => lapsed),
    [true, true],
  );
});
