import t from 'tap';
import { createScreenMatching } from '../../../../agent/act/health/screen-matching.ts';
import { createRefreshing } from '../../../../agent/act/refresh/refreshing.ts';
import { botKey } from '../../../../agent/model/bot/bots.ts';
import type { SessionRefresh } from '../../../../agent/model/config/refresh.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import { type BotSample, emptySamples, type LifeSample } from '../../../../agent/model/samples.ts';
import type { State } from '../../../../agent/model/state.ts';
import { begun, done, hour, policy, renewing, speaks } from '../../decide/refresh/ground.ts';
import { changed } from '../../model/bot/sample-bots.ts';
import { after, birth, born, bot, declared, nobody, running, started } from '../../model/sample.ts';
import { ended } from '../../model/sample-events.ts';
import { handsUpon } from '../sample-hands.ts';

const due = born + 23 * hour;

const refreshing = (
  changes: Partial<SessionRefresh> | null = {},
  from: State = running,
  served = true,
) => {
  const samples = emptySamples();
  const renewed: string[] = [];
  const troubles: string[] = [];
  let now = due;
  let tick = 0;
  let fails = false;
  const hands = handsUpon(from, {
    config: () => (changes ? renewing(changes) : { ...renewing(), sessions: {} }),
    now: () => now,
    isServed: () => served,
  });
  const life: LifeSample = {
    ...{ resyncs: 1, firstSeen: born, lastSeen: now, lastActivityAt: null, foreground: null },
    ...{ usage: null, recent: [], panes: new Map() },
  };
  samples.lives.set(bot.life, life);
  const watch = createRefreshing(hands.hands, {
    ...{ samples, screens: createScreenMatching(() => tick) },
    renew: async ({ refresh }, how) => {
      if (fails) throw new Error('no');
      renewed.push(`${refresh} ${how.way}`);
    },
    onTrouble: (what) => troubles.push(what),
  });
  return {
    ...{ watch, renewed, troubles, life, samples },
    events: hands.events,
    state: hands.state,
    types: () => hands.events.map(({ type }) => type),
    at(ms: number): void {
      now = ms;
      tick += 1000;
      watch.look();
    },
    shows(text: string): void {
      const screen = { text, takenAt: now, shown: 24 };
      const pane = { command: '', historyLines: 0, screen };
      life.panes.set(bot.panes[0]?.id ?? '', pane);
    },
    fail(): void {
      fails = true;
    },
    happened(...events: NewEvent[]): void {
      hands.hands.record(events);
    },
  };
};

t.test('what is due is begun and done, once', async (t) => {
  const one = refreshing();
  one.at(due - 1);
  t.match(one.life.refresh, { dueAt: due, endsAt: born + 24 * hour, waits: null });
  t.same(one.types(), []);
  one.at(due);
  one.at(due + 1000);
  t.same(one.types(), ['refresh.started']);
  t.match(one.renewed, [/^r\d+ restart$/]);
  one.at(due + policy.timeoutMs);
  t.same(one.types(), ['refresh.started', 'refresh.failed']);
});

t.test('messages of its bots make it wait for a quiet moment', async (t) => {
  const one = refreshing({}, after(running, speaks()));
  one.samples.bots.set(botKey(bot.life, ''), {
    ...{ in: { count: 1, lastAt: due - 1000 }, out: null },
  } as BotSample);
  one.at(due);
  t.match(one.life.refresh, { waits: 'quiet' });
  one.at(due - 1000 + policy.quietMs);
  t.same(one.types(), ['refresh.started']);
});

t.test('what the screen says counts until it is renewed, and again once it was gone', async (t) => {
  const how = { way: 'signal', signal: 'USR1' } as const;
  const one = refreshing({ maxAgeMs: null, how, screen: ['(?i)session expired'] });
  one.shows('all is well');
  one.at(due);
  t.same(one.types(), []);
  one.shows('Session EXPIRED');
  one.at(due + 1000);
  t.match(one.events, [{ type: 'refresh.started', data: { reason: 'screen' } }]);
  const { refresh } = (one.events[0] as Extract<NewEvent, { type: 'refresh.started' }>).data;
  one.happened(done(due + 2000, refresh));
  one.at(due + 90_000);
  t.same(one.types(), ['refresh.started', 'refresh.done'], 'it stands there still');
  one.shows('all is well');
  one.at(due + 91_000);
  one.shows('session expired');
  one.at(due + 92_000);
  t.same(one.types().length, 3);
  one.happened(ended(bot));
  one.at(due + 93_000);
  t.same(one.types().at(-1), 'refresh.failed');
});

t.test('nothing is begun without a link, but what is under way is settled', async (t) => {
  const without = refreshing({}, running, false);
  without.at(due);
  t.same(without.types(), []);
  t.throws(() => without.watch.refresh('bot', nobody), { code: 'no-link' });
  const pending = refreshing(null, after(running, begun(due)), false);
  pending.at(due + 1);
  t.match(pending.events, [{ type: 'refresh.failed', data: { code: 'not-configured' } }]);
});

t.test('who asks gets one at once, or is told why not', async (t) => {
  const one = refreshing({ maxAgeMs: null });
  const { refresh, until } = one.watch.refresh('bot', nobody);
  t.equal(until, due + policy.timeoutMs);
  t.match(one.events, [{ data: { refresh, reason: 'operator', by: nobody } }]);
  t.throws(() => one.watch.refresh('bot', nobody), { code: 'already-refreshing' });
  t.throws(() => one.watch.refresh('none', nobody), { code: 'unknown-session' });
  t.throws(() => refreshing(null).watch.refresh('bot', nobody), { code: 'no-refresh' });
  const down = after(running, ended(bot));
  t.throws(() => refreshing({}, down).watch.refresh('bot', nobody), { code: 'not-running' });
  const needy = after(running, changed('needs-login'));
  t.throws(() => refreshing({}, needy).watch.refresh('bot', nobody), { code: 'needs-person' });
});

t.test('what goes wrong is told, and nothing is kept of what nobody asks for', async (t) => {
  const one = refreshing();
  one.fail();
  one.at(due);
  await new Promise(setImmediate);
  t.same(one.troubles, ['a refresh failed']);
  const plain = refreshing(null);
  plain.life.refresh = {
    ...{ login: { since: born, by: 'session', expiresAt: null }, dueAt: 1, endsAt: 1, waits: null },
  };
  plain.at(due);
  t.equal(plain.life.refresh, undefined);
  const other = birth('web', 7, { declared: true });
  const two = refreshing({}, after(running, declared('web'), started(other)));
  two.at(due);
  t.same(two.types(), ['refresh.started']);
});
