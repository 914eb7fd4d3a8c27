import t from 'tap';
import type { NewEvent } from '../../../agent/model/event.ts';
import { unitsServer } from '../../../agent/model/unit-state.ts';
import { begun, day, done, failed } from '../decide/refresh/ground.ts';
import { changed, ref, refreshed } from './bot/sample-bots.ts';
import { after, birth, born, bot, running, started } from './sample.ts';
import { stopBot } from './sample-events.ts';
import {
  at as unitAt,
  declared as unitDeclared,
  up as unitIsUp,
  life as unitLife,
  unitUp,
} from './unit-sample.ts';

const notes = (...events: NewEvent[]) => after(running, ...events).refreshes?.['bot'];

const held = (reason: 'gave-up' | 'needs-person', refresh: string | null): NewEvent => ({
  ...{ at: born + 5, type: 'refresh.held' },
  data: { session: 'bot', server: 'main', reason, refresh },
});

t.test('what is under way is known until it ends, and is counted', async (t) => {
  t.match(notes(begun(born + 1)), {
    underWay: { refresh: 'r1', way: 'restart', startedAt: born + 1, life: bot.life },
  });
  t.match(notes(begun(born + 1), done(born + 3)), {
    ...{ underWay: null, counts: { done: 1 }, renewed: { at: born + 3, life: bot.life } },
    last: { at: born + 1, endedAt: born + 3, outcome: 'done', way: 'restart', why: '' },
    lifetimes: [{ since: born, ms: 3, end: 'renewed' }],
  });
  t.match(notes(begun(born + 1), failed(born + 3)), {
    ...{ underWay: null, counts: { failed: 1 }, lifetimes: [], renewed: null },
    last: { outcome: 'failed', why: 'no' },
  });
  t.match(notes(begun(born + 1), held('needs-person', 'r1')), {
    ...{ underWay: null, held: { reason: 'needs-person', since: born + 5 } },
    lifetimes: [{ end: 'expired' }],
  });
});

t.test('what is remembered of a unit goes with it, and is not that of a namesake', async (t) => {
  const login = { createdAt: unitAt, refreshedAt: null, expiresAt: null };
  const loginOf = (life: string, server: string): NewEvent[] => [
    changed('ready', { session: 'gateway', server, life }),
    {
      ...{ at: unitAt, type: 'bot.session_changed' },
      data: { ...ref, session: 'gateway', server, life, ...login },
    },
    changed('logged-out', { session: 'gateway', server, life }, unitAt + day),
  ];
  const lost = after(unitUp, ...loginOf(unitLife, unitsServer));
  t.match(lost.refreshes?.['gateway'], { lifetimes: [{ ms: day, end: 'expired' }] });
  const other = birth('gateway', 9);
  const mixed = after(running, ...[unitDeclared, unitIsUp()], started(other));
  const namesake = after(mixed, ...loginOf(other.life, other.server));
  t.equal(namesake.refreshes?.['gateway'], undefined);
  t.strictSame(
    [...Object.keys(lost.counts.rejected), ...Object.keys(namesake.counts.rejected)],
    [],
  );
  const gone: NewEvent = { at: unitAt, type: 'unit.undeclared', data: { session: 'gateway' } };
  t.equal(after(lost, gone).refreshes?.['gateway'], undefined);
  t.equal(after(lost, unitDeclared).refreshes?.['gateway'], undefined, 'another unit, perhaps');
});

t.test('what worked ends what was held', async (t) => {
  t.match(notes(held('gave-up', null)), { held: { reason: 'gave-up' } });
  t.match(notes(held('gave-up', null), begun(born + 6), done(born + 7)), { held: null });
});

t.test('lifetimes are kept of the newest, each login once', async (t) => {
  t.match(notes(begun(born + 1, { reason: 'screen' }), done(born + 3))?.lifetimes, [
    { since: born, ms: 1, end: 'expired' },
  ]);
  const many = Array.from({ length: 50 }, (_, i) => [
    begun(born + i * day, { login: { since: born + i * day - 7, by: 'bot', expiresAt: null } }),
    done(born + i * day + 3),
  ]).flat();
  const { lifetimes = [], attempts = [] } = notes(...many) ?? {};
  t.equal(lifetimes.length, 20);
  t.equal(attempts.length, 40);
  t.match(lifetimes.at(-1), { since: born + 49 * day - 7, ms: 10 });
});

t.test('a bot that loses its login says how long that lasted', async (t) => {
  const out = changed('logged-out', {}, born + 100);
  t.match(notes(changed('ready'), refreshed, out)?.lifetimes, [
    { since: 2, ms: born + 98, end: 'expired' },
  ]);
  const twice = [out, changed('needs-login', {}, born + 200)];
  t.equal(notes(changed('ready'), refreshed, ...twice)?.lifetimes.length, 1);
  t.equal(notes(changed('ready'), out), undefined, 'nobody knows how old it was');
  const other = birth('work', 2);
  const stray = { session: 'work', life: other.life };
  const login = { ...refreshed, data: { ...refreshed.data, ...stray } } as NewEvent;
  const strayed = after(running, changed('ready', stray), login, changed('logged-out', stray));
  t.strictSame(strayed.refreshes, {}, 'of a session nobody declared nothing is kept');
});

t.test('how what was done for it ended is known with it', async (t) => {
  const requested = (kind: 'session.kill' | 'signal.send'): NewEvent => ({
    ...{ at: born, type: 'action.requested' },
    data: { action: 'a1', kind, target: stopBot, reason: 'refresh' },
  });
  const refused: NewEvent = {
    ...{ at: born, type: 'action.failed' },
    data: { action: 'a1', code: 'x', message: 'no' },
  };
  const signal = begun(born, { way: 'signal' });
  t.match(notes(signal, requested('signal.send'), refused), {
    underWay: { acted: { outcome: 'failed', message: 'no' } },
  });
  t.equal(notes(signal, requested('session.kill'), refused)?.underWay?.acted, undefined);
  const state = after(running, signal, requested('signal.send'));
  t.strictSame(state.attempts, running.attempts, 'a signal is no restart');
  const killed = after(running, begun(born), requested('session.kill'));
  t.match(killed.attempts['bot'], [{ reason: 'replacing' }], 'an end to start it anew counts');
});

t.test('what is no longer declared is forgotten', async (t) => {
  const undeclared: NewEvent = { at: born, type: 'session.undeclared', data: { session: 'bot' } };
  t.equal(notes(begun(born), undeclared), undefined);
});
