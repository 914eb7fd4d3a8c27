import t from 'tap';
import type { RefreshPlan } from '../../../../agent/decide/refresh/outlook.ts';
import { planRefresh } from '../../../../agent/decide/refresh/plan.ts';
import type { Seen } from '../../../../agent/decide/refresh/quiet.ts';
import { refusalOf } from '../../../../agent/decide/refresh/refusal.ts';
import type { Config, UnitConfig } from '../../../../agent/model/config/config.ts';
import { declaredHome } from '../../../../agent/model/declared-home.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import type { State } from '../../../../agent/model/state.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { sampleConfig } from '../../model/config/sample-config.ts';
import { after } from '../../model/sample.ts';
import * as sample from '../../model/unit-sample.ts';
import { day, hour, policy, quiet } from './ground.ts';

/** The unit `gateway` with a login that lasts a day, and is renewed an hour before it runs out. */

const { life, nextLife, unitUp } = sample;
const from = sample.at + 900;
const due = from + 23 * hour;

const configOf = (own: Partial<UnitConfig> = {}): Config =>
  sampleConfig({ units: { gateway: { unit: sample.unit, refresh: policy, ...own } } });

const seen: Seen = { ...quiet, firstSeen: from };

const plan = (state: State, now: number, config = configOf()): RefreshPlan =>
  planRefresh({ state, config, now, seen }, 'gateway', declaredHome(state, 'gateway'));

const begunOf = (state: State, now: number): [State, string] => {
  const { events } = plan(state, now);
  const [event] = events;
  if (event?.type !== 'refresh.started') throw new Error('nothing was begun');
  return [after(state, event), event.data.refresh];
};

const requested = (at: number, reason = 'refresh'): NewEvent => ({
  ...{ at, type: 'action.requested' },
  data: {
    ...{ action: `a${at}`, kind: 'unit.restart', reason },
    target: { server: unitsServer, session: 'gateway', life },
  },
});

const settled = (at: number, type: 'action.done' | 'action.failed' | 'action.lost'): NewEvent =>
  ({
    ...{ at: at + 1, type },
    data: { action: `a${at}`, settled: 'reported', code: 'no', message: 'no', why: 'slow' },
  }) as NewEvent;

const replaced = sample.ended({ how: 'stopped', next: 'restarting' });
const again = sample.up(nextLife, { startedAt: due + 5000 });

t.test('the login of a unit is renewed as that of a session, by a restart', async (t) => {
  t.match(plan(unitUp, due - 1), { events: [], due: { at: due, reason: 'age' }, waits: null });
  const [begun, refresh] = begunOf(unitUp, due);
  t.match(begun.refreshes?.['gateway'], {
    underWay: { refresh, way: 'restart', server: unitsServer, life },
  });
  const acted = after(begun, requested(due), replaced, again, settled(due, 'action.done'));
  t.match(acted.refreshes?.['gateway']?.underWay, { acted: { outcome: 'done' } });
  t.same(plan(acted, due + 6000).events, [], 'it has just started');
  const [event] = plan(acted, due + 10_000).events;
  t.match(event, { type: 'refresh.done', data: { refresh, life: nextLife, server: unitsServer } });
  const over = after(acted, event as NewEvent);
  t.match(over.refreshes?.['gateway'], { counts: { done: 1 }, lifetimes: [{ end: 'renewed' }] });
  t.strictSame(over.counts.rejected, {});
  t.match(plan(over, due + 11_000), { events: [], due: { at: due + 10_000 + 23 * hour } });
});

t.test('what systemd refuses has failed, and is tried again later', async (t) => {
  const [begun] = begunOf(unitUp, due);
  const refused = after(begun, requested(due), settled(due, 'action.failed'));
  const [event] = plan(refused, due + 2).events;
  t.match(event, { type: 'refresh.failed', data: { code: 'action-failed' } });
  const failed = after(refused, event as NewEvent);
  t.match(plan(failed, due + 3), { events: [], waits: 'back-off' });
  t.match(plan(failed, due + 90_000).events, [{ type: 'refresh.started' }]);
});

t.test('a restart that systemd may be at still is not asked for again', async (t) => {
  const lost = after(unitUp, requested(due - 1, 'unhealthy'), settled(due - 1, 'action.lost'));
  t.match(plan(lost, due), { events: [], waits: 'busy' });
  t.match(plan(lost, due + 180_000).events, [{ type: 'refresh.started' }]);
  const home = declaredHome(lost, 'gateway');
  if (!home) throw new Error('it is down');
  const outlook = { state: lost, config: configOf() };
  t.match(refusalOf({ ...outlook, now: due }, home, policy), { code: 'session-busy' });
  t.equal(refusalOf({ ...outlook, now: due + 180_000 }, home, policy), null);
});

t.test('a person who stops it meanwhile wins', async (t) => {
  const [begun] = begunOf(unitUp, due);
  const down = after(begun, sample.ended({ how: 'stopped', next: 'stopped' }));
  t.same(plan(down, due + 1000).events, []);
  const [event] = plan(down, due + policy.timeoutMs).events;
  t.match(event, { type: 'refresh.failed', data: { code: 'timed-out' } });
  t.same(plan(after(down, event as NewEvent), due + day), {
    ...{ events: [], login: null, due: null, waits: null },
  });
});

t.test('what needs a person, or was restarted too often, is left alone', async (t) => {
  const needy: NewEvent = {
    ...{ at: from, type: 'bot.connection_changed' },
    data: {
      ...{ session: 'gateway', server: unitsServer, life, bot: '', from: null, to: 'needs-login' },
      ...{ why: '', needs: 'qr', leftOut: 0 },
    },
  };
  t.match(plan(after(unitUp, needy), due), {
    ...{ waits: 'needs-person', events: [{ type: 'refresh.held' }] },
  });
  const recovery = { ...configOf().recovery, maxRestarts: 1 };
  const often = after(
    unitUp,
    requested(due - 9000, 'unhealthy'),
    settled(due - 9000, 'action.done'),
  );
  t.match(plan(often, due, configOf({ recovery })), { waits: 'restarts-used-up', events: [] });
});
