import t from 'tap';
import { planRecovery } from '../../../../agent/decide/recovery/plan.ts';
import type { Config, UnitConfig } from '../../../../agent/model/config/config.ts';
import type { SessionHealth } from '../../../../agent/model/config/health.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import type { State } from '../../../../agent/model/state.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { config as sampleConfig } from '../../act/sample-hands.ts';
import { after } from '../../model/sample.ts';
import * as sample from '../../model/unit-sample.ts';

const { at, life, nextLife, unitUp } = sample;

const health: Omit<SessionHealth, 'onFailure'> = {
  ...{ intervalMs: 1000, graceMs: 0, failAfter: 1, outOf: 1, waitingSeverity: 'warning' },
  checks: { heartbeat: { withinMs: 1000 } },
};

const policy = {
  ...{ maxRestarts: 2, windowMs: 600_000, firstWaitMs: 1000, longestWaitMs: 8000 },
  ...{ steadyAfterMs: 300_000, probeAfterMs: 3_600_000 },
};

const configOf = (own: Partial<UnitConfig> = {}): Config => ({
  ...sampleConfig,
  units: {
    gateway: {
      ...{ unit: sample.unit, health: { ...health, onFailure: 'restart' }, recovery: policy },
      ...own,
    },
  },
});

const plan = (state: State, now: number, config = configOf()) =>
  planRecovery(state, config, new Set([unitsServer]), now);

const requested = (n: number, when: number): NewEvent => ({
  at: when,
  type: 'action.requested',
  data: {
    ...{ action: `a${n}`, kind: 'unit.restart', reason: 'unhealthy' },
    target: { server: unitsServer, session: 'gateway', life },
  },
});

const done = (n: number, when: number): NewEvent => ({
  ...{ at: when, type: 'action.done' },
  data: { action: `a${n}`, settled: 'reported' },
});

const decided = (decision: string, reason: string, when: number): NewEvent => ({
  ...{ at: when, type: 'decision.made' },
  data: { decision, reason, target: { server: unitsServer, session: 'gateway', life: null } },
});

const unwell = after(unitUp, sample.health('failed'));
const now = at + 40_000;

t.test('one that is up and fails its checks is restarted', async (t) => {
  const { events, actions } = plan(unwell, now);
  t.match(events, [{ type: 'decision.made', data: { decision: 'replace', reason: 'unhealthy' } }]);
  t.strictSame(actions, [
    {
      ...{ kind: 'unit.restart', reason: 'unhealthy' },
      target: { server: unitsServer, session: 'gateway', life },
    },
  ]);
  t.strictSame(plan(after(unwell, requested(1, now)), now).actions, [], 'once');
});

t.test('what somebody is stopping stays stopped', async (t) => {
  const stopping = (other: string) =>
    planRecovery(unwell, configOf(), new Set([unitsServer]), now, (one) => one === other);
  t.strictSame(stopping(life), { events: [], actions: [], wakeAt: null });
  t.equal(stopping(nextLife).actions.length, 1, 'another run of it');
});

t.test('not where its bot waits for a person: started anew it would ask again', async (t) => {
  const asking = after(unwell, {
    ...sample.bot,
    data: { ...sample.bot.data, needs: 'qr' },
  } as NewEvent);
  for (const when of [now, now + 86_400_000]) {
    t.strictSame(plan(asking, when), { events: [], actions: [], wakeAt: null });
  }
  t.equal(plan(after(unwell, sample.bot), now).actions.length, 1);
});

t.test('a restart that systemd still carries out is not asked for again', async (t) => {
  const lost: NewEvent = {
    at: now + 8000,
    type: 'action.lost',
    data: { action: 'a1', why: 'slow' },
  };
  const slow = after(unwell, requested(1, now), lost);
  t.strictSame(slow.attempts['gateway'], [{ at: now, reason: 'unhealthy', lost: true }]);
  t.strictSame(plan(slow, now + 20_000), { events: [], actions: [], wakeAt: now + 180_000 });
  t.equal(plan(slow, now + 180_000).actions.length, 1, 'not for ever');
  t.equal(plan(slow, now - 1000).actions.length, 1, 'nor when the clock was set back');
  const renewed = after(slow, sample.ended(), { ...sample.up(nextLife), at: now + 30_000 });
  const unwellAgain = after(renewed, sample.health('failed', nextLife));
  t.equal(plan(unwellAgain, now + 60_000).actions.length, 1, 'its life has changed');
});

t.test('nothing else is done to a unit', async (t) => {
  const nobodys = { ...health, onFailure: 'notify' } as const;
  const quiet: [string, State, Config][] = [
    ['well', unitUp, configOf()],
    ['only told', unwell, configOf({ health: nobodys })],
    ['not looked at any more', unwell, { ...configOf(), units: {} }],
    ['died', after(unwell, sample.ended()), configOf()],
    ['given up', after(unwell, sample.ended({ next: 'failed' }), sample.failed), configOf()],
    ['stopped', after(unwell, sample.ended({ how: 'stopped', next: 'stopped' })), configOf()],
    ['another run', after(unwell, sample.ended(), sample.up(nextLife)), configOf()],
  ];
  for (const [what, state, config] of quiet) {
    t.strictSame(plan(state, now, config), { events: [], actions: [], wakeAt: null }, what);
  }
  const unseen = planRecovery(unwell, configOf(), new Set(), now);
  t.strictSame(unseen.actions, [], 'not before it was looked at');
});

t.test('restarts that do not help wait, and then stop', async (t) => {
  const once = after(unwell, requested(1, now), done(1, now + 100));
  const waits = plan(once, now + 200);
  t.strictSame(waits.actions, []);
  t.ok((waits.wakeAt ?? 0) > now + 200);
  t.equal(plan(once, waits.wakeAt ?? 0).actions.length, 1);
  const twice = after(once, requested(2, now + 5000), done(2, now + 5100));
  t.match(plan(twice, now + 60_000), {
    events: [{ data: { decision: 'suspend', reason: 'too-many-restarts' } }],
    actions: [],
  });
  const open = after(twice, decided('suspend', 'too-many-restarts', now + 60_000));
  const left = plan(open, now + 61_000);
  t.strictSame([left.events, left.actions], [[], []]);
  t.equal(left.wakeAt, now + 60_000 + 3_600_000);
  const tried = plan(open, left.wakeAt ?? 0);
  t.match(tried, { events: [{ data: { decision: 'probe' } }], actions: [{ reason: 'unhealthy' }] });
  const halfOpen = after(open, decided('probe', 'probe', left.wakeAt ?? 0));
  t.match(plan(halfOpen, left.wakeAt ?? 0), {
    events: [{ data: { decision: 'suspend', reason: 'probe-failed' } }],
    actions: [],
  });
  const never = configOf({ recovery: { ...policy, probeAfterMs: null } });
  t.strictSame(plan(open, left.wakeAt ?? 0, never).wakeAt, null);
});

t.test('up and well for long, it has recovered', async (t) => {
  const restarted = after(unwell, requested(1, now), sample.ended(), sample.up(nextLife));
  const well = after(restarted, done(1, now), sample.health('healthy', nextLife));
  const { events } = plan(well, now + 400_000);
  t.match(events, [{ data: { decision: 'reset', reason: 'steady' } }]);
  t.strictSame(plan(well, now + 1000).events, []);
});

t.test('without a policy of its own it has that of all', async (t) => {
  const { recovery: _, ...own } = configOf().units?.['gateway'] ?? { unit: '' };
  const config = { ...configOf(), units: { gateway: own } };
  t.equal(plan(unwell, now, config).actions.length, 1);
});
