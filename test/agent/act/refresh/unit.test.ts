import t from 'tap';
import { createScreenMatching } from '../../../../agent/act/health/screen-matching.ts';
import { createRefreshing } from '../../../../agent/act/refresh/refreshing.ts';
import { createRenewal } from '../../../../agent/act/refresh/renew.ts';
import type { Config } from '../../../../agent/model/config/config.ts';
import { emptySamples } from '../../../../agent/model/samples.ts';
import type { State } from '../../../../agent/model/state.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { newLife } from '../../../../agent/observe/machine/keep-samples.ts';
import { hour, policy } from '../../decide/refresh/ground.ts';
import { after, nobody } from '../../model/sample.ts';
import * as sample from '../../model/unit-sample.ts';
import { handsUpon, config as sampleConfig } from '../sample-hands.ts';

const { life, unitUp } = sample;
const from = sample.at + 900;
const due = from + 23 * hour;

const asked: Config = {
  ...sampleConfig,
  sessions: {},
  units: { gateway: { unit: sample.unit, refresh: policy } },
};

const scene = (state: State = unitUp) => {
  const samples = emptySamples();
  const measured = newLife(from);
  samples.units = new Map([[life, measured]]);
  let now = due;
  let config = asked;
  const hows: unknown[] = [];
  const scene = handsUpon(state, {
    config: () => config,
    now: () => now,
    controlUnit: async (verb, name, how) => void hows.push([verb, name, how]),
  });
  const never = () => Promise.reject(new Error('a unit is no session'));
  const watch = createRefreshing(scene.hands, {
    ...{ samples, screens: createScreenMatching(() => 0) },
    renew: createRenewal(scene.hands, never, () => nobody),
    onTrouble: (what) => t.fail(what),
  });
  return {
    ...{ ...scene, measured, samples, watch, hows },
    types: () => scene.events.map(({ type }) => type),
    at(ms: number): void {
      now = ms;
      watch.look();
    },
    set(next: Config): void {
      config = next;
    },
  };
};

const restarted = ['refresh.started', 'action.requested', 'action.done'];

t.test('systemd restarts a unit whose login is due, where nobody is in its way', async (t) => {
  const one = scene();
  one.at(due - 1);
  t.match(one.measured.refresh, { dueAt: due, endsAt: from + 24 * hour, waits: null });
  t.same(one.types(), []);
  one.at(due);
  await new Promise(setImmediate);
  t.same(one.types(), restarted);
  t.match(one.events[1], {
    data: { kind: 'unit.restart', reason: 'refresh', target: { server: unitsServer, life } },
  });
  t.strictSame(one.hows, [['restart', 'gateway', { mode: 'fail', life }]]);
});

t.test('nothing is begun while systemd stops it, or has not been asked', async (t) => {
  const one = scene();
  one.measured.stopping = true;
  one.at(due);
  t.throws(() => one.watch.refresh('gateway', nobody), { code: 'session-busy' });
  one.samples.units = new Map();
  one.at(due);
  t.throws(() => one.watch.refresh('gateway', nobody), { code: 'session-busy' });
  t.same(one.types(), []);
});

t.test('who asks gets one at once; what a person does meanwhile is not undone', async (t) => {
  const one = scene();
  one.set({
    ...asked,
    units: { gateway: { unit: sample.unit, refresh: { ...policy, maxAgeMs: null } } },
  });
  const { refresh, until } = one.watch.refresh('gateway', nobody);
  t.equal(until, due + policy.timeoutMs);
  await new Promise(setImmediate);
  t.same(one.types(), restarted);
  t.match(one.events[0], { data: { refresh, reason: 'operator', by: nobody } });
  t.strictSame(one.hows, [['restart', 'gateway', { mode: 'fail', life }]], 'as unasked');
  t.throws(() => one.watch.refresh('gateway', nobody), { code: 'already-refreshing' });
  t.throws(() => one.watch.refresh('other', nobody), { code: 'unknown-session' });
  const stopped = after(unitUp, sample.ended({ how: 'stopped', next: 'stopped' }));
  t.throws(() => scene(stopped).watch.refresh('gateway', nobody), { code: 'not-running' });
});

t.test('what nobody asks for any more is not shown', async (t) => {
  const one = scene();
  one.at(due - 1);
  t.ok(one.measured.refresh);
  one.set({ ...asked, units: { gateway: { unit: sample.unit } } });
  one.at(due);
  t.equal(one.measured.refresh, undefined);
  t.same(one.types(), []);
  t.throws(() => one.watch.refresh('gateway', nobody), { code: 'no-refresh' });
});
