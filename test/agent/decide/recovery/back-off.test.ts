import t from 'tap';
import { backOffUntil, probeDueAt } from '../../../../agent/decide/recovery/back-off.ts';
import { after, born, bot, running } from '../../model/sample.ts';
import { died } from '../../model/sample-events.ts';
import { plan, policy, session, tries } from './ground.ts';

const at = (times: readonly number[], subject = 'bot') => ({
  ...{ subject, attempts: times.map((time) => ({ at: time, reason: 'died' })) },
  ...{ steadyAt: undefined, endedAt: times.at(-1) ?? 0 },
});

t.test('at once, then twice as long each time, up to the longest, less some chance', async (t) => {
  for (let before = 1; before <= 12; before += 1) {
    const times = Array.from({ length: before }, (_, i) => i);
    const wait = backOffUntil(at(times), policy, 100) - (before - 1);
    const longest = Math.min(60_000, 1000 * 2 ** (before - 1));
    t.ok(wait <= longest && wait >= 0.8 * longest, `${wait} ms after ${before}`);
  }
  t.equal(backOffUntil(at([]), policy, 100), 100);
});

t.test('it is the same each time it is asked, and not the same for two', async (t) => {
  const waits = ['a', 'b', 'c', 'd'].map((name) => backOffUntil(at([1, 2], name), policy, 9));
  t.strictSame(
    waits,
    ['a', 'b', 'c', 'd'].map((name) => backOffUntil(at([1, 2], name), policy, 9)),
  );
  t.ok(new Set(waits).size > 1);
});

t.test('it counts from the last attempt, or from the end where that came later', async (t) => {
  const late = backOffUntil({ ...at([1]), endedAt: 50_000 }, policy, 50_001);
  t.ok(late > 50_800 && late <= 51_000, `${late}`);
  const failed = backOffUntil({ ...at([1]), endedAt: 0 }, policy, 2);
  t.ok(failed > 800 && failed <= 1001, `${failed}`);
});

t.test('what was steady since begins anew', async (t) => {
  t.equal(backOffUntil({ ...at([1, 2, 3]), steadyAt: 3 }, policy, 10), 10);
});

t.test('a clock that was set back makes nothing wait for hours', async (t) => {
  const future = [3_600_000, 3_600_001];
  t.equal(backOffUntil(at(future), policy, 10), 10);
  const mixed = backOffUntil({ ...at([5, 3_600_000]), endedAt: 3_600_000 }, policy, 10);
  t.ok(mixed <= 1005, `${mixed}`);
});

t.test('the wait is told once, and ends', async (t) => {
  const dead = after(running, ...tries('session.create', 'died', born), died(bot, born + 10));
  const waiting = plan(dead, born + 20);
  const [event] = waiting.events;
  t.match(event, { data: { decision: 'wait', reason: 'backing-off', target: session } });
  t.strictSame(waiting.actions, []);
  const until = waiting.wakeAt ?? 0;
  t.ok(until > born + 800 && until <= born + 1010);
  const told = after(dead, ...waiting.events);
  t.strictSame(told.recoveries?.['bot']?.held, { reason: 'backing-off', until });
  t.strictSame(plan(told, born + 30), { events: [], actions: [], wakeAt: until });
  t.match(plan(told, until).actions, [{ kind: 'session.create', reason: 'died' }]);
});

t.test('an open breaker tries after so long, then twice as long, at most a day', async (t) => {
  const hour = 3_600_000;
  const due = [0, 1, 2, 3, 4, 9].map((probes) => probeDueAt(0, probes, policy));
  t.strictSame(due, [2 * hour, 4 * hour, 8 * hour, 16 * hour, 24 * hour, 24 * hour]);
  t.equal(probeDueAt(0, 0, { ...policy, probeAfterMs: null }), null);
  t.equal(probeDueAt(0, 0, { ...policy, probeAfterMs: 48 * hour }), 48 * hour);
});
