import t from 'tap';
import { turnOf } from '../../../../agent/decide/refresh/back-off.ts';
import { dueOf } from '../../../../agent/decide/refresh/due.ts';
import { isNewer, loginOf } from '../../../../agent/decide/refresh/login.ts';
import { quietAt } from '../../../../agent/decide/refresh/quiet.ts';
import type { RefreshAttempt } from '../../../../agent/model/refresh.ts';
import { changed, lost, ref } from '../../model/bot/sample-bots.ts';
import { after, born, bot, lifeOf, running } from '../../model/sample.ts';
import { begun, day, done, hour, login, policy, quiet, speaks } from './ground.ts';

const loginIn = (...events: Parameters<typeof after>[1][]) => {
  const state = after(running, ...events);
  return loginOf(state, lifeOf(state, bot));
};

t.test('the age of a login is what the bot says, else that of the session', async (t) => {
  t.strictSame(loginIn(), { since: born, by: 'session', expiresAt: null });
  t.strictSame(loginIn(speaks(), login(born - 5, 77)), {
    ...{ since: born - 5, by: 'bot', expiresAt: 77 },
  });
  t.strictSame(loginIn(speaks(), login(null, 77)), { since: born, by: 'session', expiresAt: 77 });
  const renewed = {
    ...{ at: born, type: 'bot.session_changed' as const },
    data: { ...ref, createdAt: born - 9, refreshedAt: born - 2, expiresAt: null },
  };
  t.match(loginIn(speaks(), renewed), { since: born - 2 }, 'renewed counts before made');
});

t.test(
  'of several bots the oldest login counts, and one that is heard before one that is not',
  async (t) => {
    const other = (event: ReturnType<typeof login>) =>
      ({ ...event, data: { ...event.data, bot: 'b' } }) as typeof event;
    const two = [
      speaks(),
      login(born - 5, 90),
      other(changed('ready')),
      other(login(born - 9, 99)),
    ];
    t.match(loginIn(...two), { since: born - 9, expiresAt: 90 });
    t.match(loginIn(...two, lost('b')), { since: born - 5, expiresAt: 90 });
    t.match(loginIn(...two, lost('b'), lost()), { since: born - 9 }, 'better than nothing');
  },
);

t.test('what was renewed in this life counts from then where no bot says more', async (t) => {
  const way = { way: 'command' as const };
  t.match(loginIn(begun(born + 5, way), done(born + 9)), { since: born + 9, by: 'session' });
  t.match(loginIn(begun(born + 5, way), done(born + 9, 'r1', 'another')), { since: born });
});

t.test('a login is newer by its age or by when it ends, as a bot says it', async (t) => {
  const old = { since: 5, by: 'bot', expiresAt: 50 } as const;
  t.ok(isNewer({ ...old, since: 6 }, old));
  t.ok(isNewer({ ...old, expiresAt: 51 }, old));
  t.ok(isNewer({ ...old, expiresAt: null }, { ...old, by: 'session' }), 'it begins to say so');
  t.notOk(isNewer(old, old));
  t.notOk(isNewer({ ...old, since: 9, by: 'session' }, old));
  t.notOk(isNewer({ ...old, expiresAt: null }, old));
  t.notOk(isNewer({ ...old, expiresAt: 50 }, { ...old, expiresAt: null }));
});

t.test('it is due so long before it runs out, by age or by its own word', async (t) => {
  const since = { since: born, by: 'bot', expiresAt: null } as const;
  t.strictSame(dueOf(since, policy), { reason: 'age', at: born + 23 * hour, endsAt: born + day });
  t.match(dueOf({ ...since, expiresAt: born + 5 * hour }, policy), {
    ...{ reason: 'expiry', at: born + 4 * hour, endsAt: born + 5 * hour },
  });
  t.match(dueOf({ ...since, expiresAt: born + 2 * day }, policy), { reason: 'age' });
  const never = { ...policy, maxAgeMs: null };
  t.equal(dueOf(since, never), null);
  t.match(dueOf({ ...since, expiresAt: born + 2 * day }, never), { reason: 'expiry' });
  t.match(
    dueOf({ ...since, expiresAt: born + hour }, never),
    { at: born + hour / 2 },
    'half of it',
  );
  t.match(dueOf({ ...since, expiresAt: born - 1 }, never), { at: born - 1, endsAt: born - 1 });
});

t.test('quiet is when nothing was said or printed for so long', async (t) => {
  const now = born + hour;
  t.equal(quietAt(quiet, 1000, now), born + 1000);
  t.equal(quietAt({ ...quiet, lastOutputAt: born + 5 }, 1000, now), born + 1005);
  t.equal(quietAt({ ...quiet, lastMessageAt: born + 7, lastOutputAt: 1 }, 1000, now), born + 1007);
  t.equal(quietAt({ ...quiet, lastMessageAt: now + 7 }, 1000, now), born + 1000, 'from the future');
  t.equal(quietAt({ ...quiet, firstSeen: null }, 1000, now), now + 1000, 'nothing is known');
  t.equal(quietAt({ ...quiet, lastOutputAt: now }, 0, now), now, 'nobody asks for quiet');
});

t.test('after failures it waits ever longer, and so many within a window are enough', async (t) => {
  const tried = (at: number, outcome: RefreshAttempt['outcome'] = 'failed'): RefreshAttempt => ({
    ...{ at, endedAt: at + 10, outcome },
  });
  const now = born + day;
  t.equal(turnOf([], policy, now), 'free');
  t.equal(turnOf([tried(now - 60_009)], policy, now), 'back-off');
  t.equal(turnOf([tried(now - 60_010)], policy, now), 'free');
  t.equal(turnOf([tried(now - 9e5), tried(now - 120_009)], policy, now), 'back-off');
  t.equal(turnOf([tried(now - 9e5), tried(now - 120_010)], policy, now), 'free');
  t.equal(turnOf([tried(now - 5), tried(now - 4, 'done')], policy, now), 'free');
  t.equal(turnOf([tried(now - 5, 'needs-person')], policy, now), 'back-off');
  const three = [tried(now - hour), tried(now - hour + 1), tried(now - hour + 2)];
  t.equal(turnOf(three, policy, now), 'gave-up');
  t.equal(turnOf([...three.slice(1), tried(now - 9, 'done')], policy, now), 'too-many');
  t.equal(turnOf(three, policy, now + 5 * hour + 1), 'free', 'the window is over');
  t.equal(turnOf([tried(now + 9)], policy, now), 'free', 'before the clock was set back');
  t.equal(turnOf([{ ...tried(now - 9e4), endedAt: now + 9 }], policy, now), 'free');
  const many = Array.from({ length: 12 }, (_, i) => tried(born - day + i * hour));
  t.equal(
    turnOf([...many, tried(now - hour - 11)], policy, now),
    'free',
    'never more than an hour',
  );
});
