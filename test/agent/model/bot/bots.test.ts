import t from 'tap';
import { botKey, botsOf, maxBotsOfLife } from '../../../../agent/model/bot/bots.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import { fold } from '../../../../agent/model/fold.ts';
import { type BotSample, emptySamples } from '../../../../agent/model/samples.ts';
import type { State } from '../../../../agent/model/state.ts';
import { describeBots } from '../../../../agent/model/status/describe-bots.ts';
import { after, birth, born, bot, numbered, running, started } from '../sample.ts';
import { died, ended } from '../sample-events.ts';
import { changed, failed, login, lost, ref, refreshed } from './sample-bots.ts';

const only = (state: State, name = '') => state.bots?.[botKey(bot.life, name)];

t.test('what a bot says is known until its life ends', async (t) => {
  const state = after(running, changed('needs-login', { why: 'scan', needs: 'qr' }), refreshed);
  t.match(only(state), {
    ...ref,
    connection: 'needs-login',
    needs: 'qr',
    why: 'scan',
    since: born,
  });
  t.strictSame(only(state)?.login, login);
  const later = after(state, failed, changed('ready', {}, born + 5));
  t.match(only(later), { connection: 'ready', needs: null, since: born + 5, login });
  t.match(only(later)?.error, { at: born + 3, name: 'E', count: 2, startedAt: 5 });
  const again = after(later, changed('ready', { why: 'x' }, born + 8));
  t.equal(only(again)?.since, born + 5, 'it is so since then');
  for (const end of [died(bot), ended(bot)]) t.strictSame(after(later, end).bots, {});
  const unwatched: NewEvent = {
    ...{ at: born, type: 'supervision.ended' },
    data: { life: bot.life, session: 'bot', reason: 'unwatched', supervisedMs: 1 },
  };
  t.strictSame(after(later, unwatched).bots, {});
  t.strictSame(later.counts.rejected, {});
});

t.test('one that is lost is not connected, and comes back', async (t) => {
  const state = after(running, changed('ready'), refreshed, lost());
  t.match(only(state), { connection: null, lost: { at: born + 9, how: 'closed' }, login });
  const back = after(state, changed('ready', {}, born + 20));
  t.match(only(back), { connection: 'ready', lost: null, since: born + 20, login });
});

t.test('of too many of one life the one that was lost first goes', async (t) => {
  const names = Array.from({ length: maxBotsOfLife }, (_, n) => `b${n}`);
  const other = birth('scratch', 7);
  const full = after(
    running,
    started(other),
    changed('ready', { life: other.life, session: 'scratch', bot: 'b3' }),
    ...names.map((name) => changed('ready', { bot: name })),
  );
  t.equal(botsOf(after(full, changed('ready', { bot: 'new' })), bot.life).length, 17);
  const some = after(full, lost('b5', born + 20), lost('b3', born + 10));
  const more = after(some, changed('ready', { bot: 'new' }));
  t.equal(botsOf(more, bot.life).length, maxBotsOfLife);
  t.notOk(only(more, 'b3'));
  t.ok(only(more, 'b5'));
  t.equal(botsOf(more, other.life).length, 1, 'of others none');
  const same = after(some, changed('ready', { bot: 'b5' }));
  t.equal(botsOf(same, bot.life).length, maxBotsOfLife, 'one that was known takes no place');
});

t.test('a snapshot of an older release has no bots', async (t) => {
  const { bots: _, ...older } = running;
  const state = fold(older as State, numbered([changed('ready')], running.seq));
  t.strictSame(Object.keys(state.bots ?? {}), [botKey(bot.life, '')]);
  t.strictSame(fold(older as State, numbered([died(bot)], running.seq)).bots, {});
  t.strictSame(botsOf(older as State, bot.life), []);
  const early = fold(older as State, numbered([lost()], running.seq));
  t.strictSame(early.counts.rejected, { 'unknown-bot': 1 });
});

const sample: BotSample = {
  ...{ heardAt: born, pid: 9, startedAt: 1, connection: 'degraded', why: 'slow', reconnects: 3 },
  ...{ in: { count: 4, lastAt: 2 }, out: null, errors: 1, counters: { a: 1 }, timings: {} },
  login: { ...login, refreshedAt: 7 },
};

t.test('the document has what it says now, beside what the log knows', async (t) => {
  const state = after(running, changed('ready', { why: 'well' }), failed, refreshed);
  const samples = emptySamples();
  const bare = describeBots(state, samples, bot.life);
  t.match(bare, [{ state: 'ready', why: 'well', heardAt: null, in: null, counters: {}, login }]);
  t.strictSame(bare[0]?.lastError, { at: born + 3, name: 'E', message: 'm' });
  samples.bots.set(botKey(bot.life, ''), sample);
  const [now] = describeBots(state, samples, bot.life);
  t.match(now, { state: 'degraded', why: 'slow', pid: 9, reconnects: 3, counters: { a: 1 } });
  t.equal(now?.login?.refreshedAt, 7);
  const [gone] = describeBots(after(state, lost()), samples, bot.life);
  t.match(gone, { state: 'lost', heardAt: null, pid: null });
  samples.bots.set(botKey(bot.life, ''), { ...sample, connection: null });
  t.match(describeBots(state, samples, bot.life), [{ state: 'unknown' }]);
  const two = after(state, changed(null, { bot: 'b' }), changed(null, { bot: 'a' }));
  t.strictSame(
    describeBots(two, emptySamples(), bot.life).map((one) => [one.bot, one.state]),
    [
      ['', 'ready'],
      ['a', 'unknown'],
      ['b', 'unknown'],
    ],
  );
});
