import t from 'tap';
import { breakerOf } from '../../../../agent/model/breaker.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import type { State } from '../../../../agent/model/state.ts';
import { after, birth, born, bot, running, started } from '../../model/sample.ts';
import { died } from '../../model/sample-events.ts';
import { config, decided, plan, policy, session, tries, windowMs } from './ground.ts';

const twoHours = policy.probeAfterMs ?? 0;
const dead = after(running, died(bot));
const tried = (...times: number[]): State =>
  after(dead, ...tries('session.create', 'died', ...times.map((ms) => born + ms)));

const often = tried(0, 1000, 3000);
const open = after(often, ...plan(often, born + 3500).events);

t.test('after so many restarts within the window it opens, and says so once', async (t) => {
  t.equal(plan(tried(0, 1000), born + 3000).actions.length, 1);
  const given = plan(often, born + 3500);
  t.match(given, {
    events: [{ data: { decision: 'suspend', reason: 'too-many-restarts', target: session } }],
  });
  t.strictSame(given.actions, []);
  t.equal(breakerOf(open, 'bot'), 'open');
  for (const ms of [4000, 10 * windowMs, 3_600_000]) {
    t.match(plan(open, born + ms), { events: [], actions: [] });
  }
  t.equal(plan(often, born + windowMs).actions.length, 1, 'the oldest is out of the window');
});

t.test('the first start is no restart, and happens though none is allowed', async (t) => {
  const first = tries('session.create', 'declared', born);
  const again = after(running, ...first, died(bot), ...tries('session.create', 'died', born, born));
  t.equal(plan(again, born + 2000).actions.length, 1);
  const failing = after(dead, ...tries('session.create', 'declared', born, born, born, born));
  t.match(plan(failing).events, [{ data: { decision: 'suspend' } }], 'trying it again is');
  const none = config();
  const { bot: _, ...ends } = dead.ends;
  const strict = { ...none, recovery: { ...policy, maxRestarts: 0 } };
  t.match(plan({ ...dead, ends }, born, strict).actions, [{ reason: 'declared' }]);
  t.match(plan(dead, born, strict).events, [{ data: { decision: 'suspend' } }]);
});

const probing = (): State => {
  const now = born + 3500 + twoHours;
  const probe = plan(open, now);
  const [event] = probe.events;
  return after(
    open,
    event as NewEvent,
    ...tries('session.create', 'probe', now),
    started(birth('bot', 7), now),
  );
};

t.test('after a long while it is tried once', async (t) => {
  const now = born + 3500 + twoHours;
  t.equal(plan(open, now - 1).wakeAt, now);
  t.match(plan(open, now), {
    events: [{ data: { decision: 'probe', reason: 'probe' } }],
    actions: [{ kind: 'session.create', target: session, reason: 'probe' }],
  });
  t.equal(breakerOf(probing(), 'bot'), 'half-open');
  t.match(plan(probing(), now + 1000), { events: [], actions: [] });
});

t.test('one that fails opens it again, for twice as long', async (t) => {
  const now = born + 3600 + twoHours;
  const failed = after(probing(), died(birth('bot', 7), now));
  const { events, actions } = plan(failed, now);
  t.match(events, [{ data: { decision: 'suspend', reason: 'probe-failed' } }]);
  t.strictSame(actions, []);
  const again = after(failed, ...events);
  t.equal(breakerOf(again, 'bot'), 'open');
  t.match(plan(again, now + 2 * twoHours - 1), { events: [], actions: [] });
  t.match(plan(again, now + 2 * twoHours).actions, [{ reason: 'probe' }]);
});

t.test('one that stays up closes it', async (t) => {
  const up = probing();
  const steady = born + 3500 + twoHours + policy.steadyAfterMs;
  t.match(plan(up, steady - 1), { events: [], actions: [] });
  const { events } = plan(up, steady);
  t.match(events, [{ data: { decision: 'close', reason: 'steady' } }]);
  const closed = after(up, ...events);
  t.equal(breakerOf(closed, 'bot'), 'closed');
  t.strictSame(plan(closed, steady + 1).events, []);
  const dead = after(closed, died(birth('bot', 7), steady + 5));
  t.match(plan(dead, steady + 5).actions, [{ reason: 'died' }], 'and the next comes at once');
});

t.test('one that is half open closes though the clock was set back, and no later', async (t) => {
  const up = probing();
  const longAgo = born - 1e9;
  t.match(plan(up, longAgo).events, [{ data: { decision: 'close', reason: 'steady' } }]);
  // Back to a little after it opened: from there it has to stay up as long as any.
  const opened = born + 3500;
  t.strictSame(plan(up, opened + policy.steadyAfterMs - 1).events, []);
  t.match(plan(up, opened + policy.steadyAfterMs).events, [{ data: { decision: 'close' } }]);
});

t.test('one that opened before the clock was set back waits no longer for that', async (t) => {
  const longAgo = born - 1e9;
  t.match(plan(open, longAgo), { events: [{ data: { reason: 'probe' } }], actions: [{}] });
  const probed = after(
    open,
    ...plan(open, longAgo).events,
    ...tries('session.create', 'probe', longAgo),
  );
  const failed = after(probed, ...plan(probed, longAgo).events);
  t.equal(breakerOf(failed, 'bot'), 'open');
  t.equal(plan(failed, longAgo).wakeAt, longAgo + 2 * twoHours, 'and after that as ever');
  // What it tried just before still counts.
  t.match(plan(open, born + 2000), { events: [], actions: [], wakeAt: born + 1000 + twoHours });
});

t.test('what was tried before the clock was set back may come after its opening', async (t) => {
  const hour = 3_600_000;
  const opened = after(often, decided('suspend', 'too-many-restarts', born - hour));
  const last = born + 3000;
  t.equal(plan(opened, born - hour + twoHours).wakeAt, last + twoHours);
  t.match(plan(opened, last + twoHours).actions, [{ reason: 'probe' }]);
});

t.test('never by itself, where that is declared', async (t) => {
  const never = { ...config(), recovery: { ...policy, probeAfterMs: null } };
  t.strictSame(plan(open, born + 1e12, never), { events: [], actions: [], wakeAt: null });
});

t.test('an operator closes it', async (t) => {
  const wanted = after(open, decided('resume', 'operator', born + 5000));
  t.equal(breakerOf(wanted, 'bot'), 'closed');
  t.strictSame([wanted.attempts, wanted.recoveries, wanted.ends], [{}, { bot: { ran: true } }, {}]);
});

t.test('what stays up begins anew', async (t) => {
  const up = after(tried(0, 1000), started(birth('bot', 7), born + 1100));
  const steady = born + 1100 + policy.steadyAfterMs;
  t.strictSame(plan(up, steady - 1).events, []);
  const { events } = plan(up, steady);
  t.match(events, [{ data: { decision: 'reset', reason: 'steady' } }]);
  t.strictSame(plan(after(up, ...events), steady + 1).events, []);
  const first = after(running, ...tries('session.create', 'declared', born));
  t.strictSame(plan(first, born + 1e9).events, [], 'a first start needs no pardon');
});
