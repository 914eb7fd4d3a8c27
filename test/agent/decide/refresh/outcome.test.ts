import t from 'tap';
import type { NewEvent } from '../../../../agent/model/event.ts';
import { changed, lost } from '../../model/bot/sample-bots.ts';
import { after, birth, born, bot, running, started } from '../../model/sample.ts';
import { ended } from '../../model/sample-events.ts';
import { begun, command, day, hour, login, plan, renewing, speaks } from './ground.ts';

const at = born + 23 * hour;
const next = birth('bot', 8, { createdAt: at + 1000 });
const replaced: NewEvent = {
  ...{ at: at + 500, type: 'session.ended' },
  data: { ...bot, reason: 'replaced', intent: null, ageMs: 1 },
};
const ofNext = { life: next.life };
const known = { since: born, by: 'bot', expiresAt: null } as const;
const byBot = { login: known, spoke: true };
const renewed = after(running, speaks(), login(born), begun(at, byBot), replaced, started(next));
const timedOut = [{ type: 'refresh.failed', data: { code: 'timed-out', tookMs: 60_000 } }];

t.test('a newer login in the new life is what a restart is for', async (t) => {
  t.strictSame(plan(renewed, at + 2000).events, []);
  const same = after(renewed, speaks(ofNext), login(born, null, next.life));
  t.strictSame(plan(same, at + 9000).events, [], 'the login is the old one');
  const newer = after(renewed, speaks(ofNext), login(at + 1500, null, next.life));
  t.match(plan(newer, at + 9000).events, [
    {
      type: 'refresh.done',
      data: { refresh: 'r1', life: next.life, tookMs: 9000, ageMs: 23 * hour },
    },
  ]);
  t.match(plan(same, at + 60_000).events, timedOut);
  const spent = after(renewed, speaks(ofNext), login(at - day, at + 5000, next.life));
  t.strictSame(plan(spent, at + 9000).events, [], 'a newer one that has run out is none');
});

t.test('the old life says nothing of a restart', async (t) => {
  const still = after(running, speaks(), login(born), begun(at, byBot), login(at));
  t.strictSame(plan(still, at + 9000).events, []);
  t.match(plan(after(still, changed('needs-login')), at + 60_000).events, timedOut);
});

t.test('where no bot speaks of a login, it is up and well', async (t) => {
  const up = after(running, begun(at), replaced, started(next));
  t.strictSame(plan(up, at + 5999).events, [], 'what fails at once is gone by then');
  t.match(plan(up, at + 6000).events, [{ type: 'refresh.done' }]);
  const health = (to: 'starting' | 'healthy' | 'failed'): NewEvent => ({
    ...{ at: at + 2000, type: 'health.changed' },
    data: { session: 'bot', server: 'main', ...ofNext, from: null, to, check: null, reason: '' },
  });
  t.strictSame(plan(after(up, health('starting')), at + 7000).events, []);
  t.strictSame(plan(after(up, health('failed')), at + 7000).events, []);
  t.match(plan(after(up, health('healthy')), at + 7000).events, [{ type: 'refresh.done' }]);

  const silent = after(running, begun(at, { spoke: true }), replaced, started(next));
  t.strictSame(plan(silent, at + 7000).events, [], 'a bot spoke before, and speaks no more');
  const connecting = after(silent, changed('connecting', ofNext));
  t.strictSame(plan(connecting, at + 7000).events, []);
  t.match(plan(after(silent, speaks(ofNext)), at + 7000).events, [{ type: 'refresh.done' }]);
  const gone = after(silent, speaks(ofNext), {
    ...lost(),
    data: { ...lost().data, ...ofNext },
  } as NewEvent);
  t.strictSame(plan(gone, at + 7000).events, []);
});

t.test('a bot that asks for a person ends it, once it means that', async (t) => {
  const asks = after(renewed, changed('needs-login', { ...ofNext, needs: 'qr' }, at + 2000));
  t.strictSame(
    plan(asks, at + 16_999).events,
    [],
    'one that has a login may say so while it starts',
  );
  const held = plan(asks, at + 17_000);
  t.match(held.events, [{ type: 'refresh.held', data: { refresh: 'r1', reason: 'needs-person' } }]);
  const after15 = after(asks, ...held.events);
  t.match(after15.refreshes?.['bot'], {
    ...{ underWay: null, last: { outcome: 'needs-person' }, counts: { 'needs-person': 1 } },
    lifetimes: [{ since: born, end: 'expired' }],
  });
  const late = after(renewed, changed('logged-out', ofNext, at + 55_000));
  t.match(plan(late, at + 60_000).events, [{ type: 'refresh.held' }]);
});

const told = renewing({ how: command });
const way = { way: 'command' as const };
const acted = (type: 'action.done' | 'action.failed' | 'action.lost'): NewEvent[] => [
  {
    ...{ at, type: 'action.requested' },
    data: {
      ...{ action: 'a1', kind: 'command.run', reason: 'refresh' },
      target: { server: 'main', session: 'bot', life: bot.life },
    },
  },
  {
    ...{ at, type },
    data: {
      action: 'a1',
      settled: 'reported',
      code: 'x',
      message: 'it says no',
      why: 'nobody knows',
    },
  } as NewEvent,
];

t.test('a command or a signal has worked when the bot says so', async (t) => {
  const begin = after(running, speaks(), login(born), begun(at, { ...byBot, ...way }));
  t.strictSame(plan(after(begin, ...acted('action.done')), at + 5, told).events, []);
  t.match(plan(after(begin, login(at)), at + 5, told).events, [{ type: 'refresh.done' }]);
  t.match(plan(begin, at + 60_000, told).events, timedOut);
  t.match(plan(after(begin, changed('logged-out', {}, at)), at + 15_000, told).events, [
    { type: 'refresh.held' },
  ]);
});

t.test('where no bot speaks of a login, it has worked when it was done', async (t) => {
  const begin = after(running, begun(at, way));
  t.match(plan(after(begin, ...acted('action.done')), at + 5, told).events, [
    { type: 'refresh.done', data: { life: bot.life } },
  ]);
  t.strictSame(plan(after(begin, ...acted('action.lost')), at + 5, told).events, []);
  const ends = { ...way, login: { ...known, by: 'session' as const, expiresAt: at + hour } };
  const expiring = after(running, begun(at, ends), ...acted('action.done'));
  t.strictSame(plan(expiring, at + 5, told).events, [], 'a bot said when it ends');
});

t.test('what was refused, or has no session any more, has failed', async (t) => {
  const begin = after(running, begun(at, way));
  t.match(plan(after(begin, ...acted('action.failed')), at + 5, told).events, [
    { type: 'refresh.failed', data: { code: 'action-failed', message: 'it says no' } },
  ]);
  t.match(plan(after(begin, ended(bot)), at + 5, told).events, [
    { type: 'refresh.failed', data: { code: 'session-ended' } },
  ]);
  t.match(plan(begin, at + 5, { ...told, sessions: {} }).events, [
    { type: 'refresh.failed', data: { code: 'not-configured' } },
  ]);
  t.match(plan(begin, at - 60_001, told).events, [{ data: { code: 'timed-out', tookMs: 0 } }]);
});
