import t from 'tap';
import { refusalOf } from '../../../../agent/decide/refresh/refusal.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import type { State } from '../../../../agent/model/state.ts';
import { changed } from '../../model/bot/sample-bots.ts';
import {
  after,
  birth,
  born,
  bot,
  declared,
  lifeOf,
  nobody,
  running,
  started,
} from '../../model/sample.ts';
import { ended, requested, stopBot } from '../../model/sample-events.ts';
import {
  begun,
  command,
  day,
  done,
  failed,
  hour,
  login,
  plan,
  planned,
  policy,
  renewing,
  speaks,
} from './ground.ts';

const due = born + 23 * hour;
const never = renewing({ maxAgeMs: null });

t.test('it is renewed when it is due, and not before', async (t) => {
  t.match(plan(running, due - 1), {
    events: [],
    waits: null,
    due: { at: due, endsAt: born + day },
  });
  t.match(plan(running, due).events, [
    {
      ...{ at: due, type: 'refresh.started' },
      data: {
        ...{ refresh: `r${running.seq + 1}`, session: 'bot', server: 'main', life: bot.life },
        ...{ way: 'restart', reason: 'age', spoke: false, until: due + policy.timeoutMs },
        login: { since: born, by: 'session', expiresAt: null },
      },
    },
  ]);
  t.match(plan(running, due, never), { events: [], due: null });
  t.strictSame(plan(running, due, renewing(undefined), {}).events.length, 1);
});

t.test('nobody asked, or it is down: nothing is planned', async (t) => {
  const nothing = { events: [], login: null, due: null, waits: null };
  const plain = { ...renewing(), sessions: {} };
  t.strictSame(plan(running, due, plain), nothing);
  t.strictSame(plan(after(running, ended(bot)), due), nothing);
});

t.test('not in a busy moment, but no later than it runs out', async (t) => {
  const busy = { lastMessageAt: due - 5 };
  t.match(plan(running, due, renewing(), busy), { events: [], waits: 'quiet' });
  t.match(plan(running, due - 5 + policy.quietMs, renewing(), busy).events, [
    { data: { way: 'restart' } },
  ]);
  t.match(
    plan(running, born + day, renewing(), { lastMessageAt: born + day - 5 }).events.length,
    1,
  );
});

t.test('what the screen says counts at once', async (t) => {
  const said = { saysExpired: true, lastOutputAt: born + hour };
  t.match(plan(running, born + hour, never, said).events, [{ data: { reason: 'screen' } }]);
});

t.test('a bot that has just started may be about to renew its login by itself', async (t) => {
  const state = after(running, speaks(), login(born - day));
  t.match(plan(state, born + 59_999), { events: [], waits: 'young' });
  t.match(plan(state, born + policy.quietMs).events, [{ type: 'refresh.started' }]);
});

t.test('not while anything else is done about it, and one of a server at a time', async (t) => {
  const acted = requested('a1');
  t.match(plan(after(running, acted), due), { events: [], waits: 'busy' });
  const intent: NewEvent = {
    ...{ at: born, type: 'intent.declared' },
    data: { intent: 'i1', target: stopBot, by: nobody, expiresAt: due + 1 },
  };
  t.match(plan(after(running, intent), due), { waits: 'busy' });
  const beside = birth('web', 7, { declared: true });
  const other = begun(due, { session: 'web', life: beside.life });
  const taken = after(running, declared('web'), started(beside), other);
  t.match(plan(taken, due), { events: [], waits: 'one-at-a-time' });
});

t.test('it is not started anew where recovery would not bring it back', async (t) => {
  const suspended: NewEvent = {
    ...{ at: due, type: 'decision.made' },
    data: { decision: 'suspend', reason: 'too-many-restarts', target: { ...stopBot, life: null } },
  };
  t.match(plan(after(running, suspended), due), { events: [], waits: 'restarts-used-up' });
  const config = { ...renewing(), recovery: { ...renewing().recovery, maxRestarts: 0 } };
  t.match(plan(running, due, config), { events: [], waits: 'restarts-used-up' });
  t.match(plan(after(running, suspended), due, renewing({ how: command })).events, [
    { data: { way: 'command' } },
  ]);
});

t.test('after a failure it waits, and after several it gives up, which is told once', async (t) => {
  const once = after(running, begun(due), failed(due + 60_000));
  t.match(plan(once, due + 60_001), { events: [], waits: 'back-off' });
  t.match(plan(once, due + 120_000).events, [{ type: 'refresh.started' }]);
  const thrice = after(
    running,
    ...[0, 1, 2].flatMap((i) => [begun(due + i, { refresh: `r${i}` }), failed(due + i, `r${i}`)]),
  );
  const given = plan(thrice, due + 9);
  t.match(given, {
    waits: 'gave-up',
    events: [{ type: 'refresh.held', data: { reason: 'gave-up', refresh: null } }],
  });
  const held = after(thrice, ...given.events);
  t.match(plan(held, due + 10), { events: [], waits: 'gave-up' });
  t.match(
    plan(held, due + 6 * hour + 9).events,
    [{ type: 'refresh.started' }],
    'the window is over',
  );
  const renewed = after(held, speaks(), login(due + 11));
  t.match(plan(renewed, due + 12).events, [
    { type: 'refresh.released', data: { reason: 'gave-up', why: 'renewed' } },
  ]);
  const [, free] = planned(renewed, due + 12);
  t.equal(free.refreshes?.['bot']?.held, null);
  t.strictSame(plan(free, due + 13).events, []);
  const plain = { ...renewing(), sessions: {} };
  t.match(plan(held, due + 10, plain).events, [{ data: { why: 'not-configured' } }]);
});

t.test(
  'what was given up is let go where its login is another, whatever the screen says',
  async (t) => {
    const given = after(
      running,
      ...[0, 1, 2].flatMap((i) => [begun(due + i, { refresh: `r${i}` }), failed(due + i, `r${i}`)]),
    );
    const said = { saysExpired: true };
    const [, state] = planned(given, due + 9, never, said);
    t.match(state.refreshes?.['bot']?.held, { reason: 'gave-up', login: { by: 'session' } });
    t.strictSame(plan(state, due + 10, never).events, [], 'the screen says nothing any more');
    const other = after(state, speaks(), login(due + 11));
    t.strictSame(plan(other, due + 12, never, said).events, [], 'it is due all the same');
    t.match(plan(other, due + 12, never).events, [{ data: { why: 'renewed' } }]);
    t.match(
      plan(state, due + 7 * hour, never).events,
      [{ data: { why: 'renewed' } }],
      'it may try',
    );
    const older = after(given, {
      ...{ at: due + 9, type: 'refresh.held' },
      data: { session: 'bot', server: 'main', reason: 'gave-up', refresh: null },
    });
    t.strictSame(plan(older, due + 10, never).events, []);
    t.match(plan(after(older, speaks(), login(due + 11)), due + 12, never).events, [
      { type: 'refresh.released' },
    ]);
    const lasting = after(given, speaks(), login(born, due + 5));
    const [, runsOut] = planned(lasting, due + 9, never);
    t.equal(runsOut.refreshes?.['bot']?.held?.reason, 'gave-up');
    t.match(plan(after(runsOut, login(born, due + day)), due + 10, never).events, [
      { type: 'refresh.released' },
    ]);
  },
);

t.test('many that worked are enough for a while, and no failure', async (t) => {
  const worked = after(
    running,
    ...[0, 1, 2].flatMap((i) => [
      begun(due + i, { refresh: `r${i}` }),
      done(due + i, `r${i}`, 'x'),
    ]),
  );
  t.match(plan(worked, due + 9), { events: [], waits: 'too-many' });
});

t.test('one that needs a person is never renewed, and that is told once', async (t) => {
  for (const needy of [
    changed('needs-login', { needs: 'qr' }),
    changed('logged-out'),
    changed(null, { needs: 'code' }),
  ]) {
    const state = after(running, needy);
    t.match(plan(state, due - 1).events, [], 'it is not due');
    const [types, held] = planned(state, due);
    t.strictSame(types, ['refresh.held']);
    t.match(held.refreshes?.['bot'], { held: { reason: 'needs-person' }, attempts: [] });
    t.match(plan(held, due + 90 * day), { events: [], waits: 'needs-person' });
    const answered = after(held, speaks({}, due + 5), login(due + 5));
    t.match(plan(answered, due + 6).events, [
      { type: 'refresh.released', data: { reason: 'needs-person', why: 'answered' } },
    ]);
    t.strictSame(plan(planned(answered, due + 6)[1], due + 7).events, []);
  }
});

t.test('a person may ask for it at any time, where it does no harm', async (t) => {
  const asked = (state: State, config = renewing()) =>
    refusalOf({ state, config, now: born + 1 }, lifeOf(state, bot), config.sessions['bot']?.refresh)
      ?.code ?? null;
  t.equal(asked(running), null, 'it is young, not due, and nothing is quiet');
  t.equal(asked(running, { ...renewing(), sessions: {} }), 'no-refresh');
  t.equal(asked(after(running, begun(born))), 'already-refreshing');
  t.equal(asked(after(running, changed('needs-login'))), 'needs-person');
  t.equal(asked(after(running, requested('a1'))), 'session-busy');
  const config = { ...renewing(), recovery: { ...policy, ...renewing().recovery, maxRestarts: 0 } };
  t.equal(asked(running, config), 'restarts-used-up');
});
