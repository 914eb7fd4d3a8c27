import t from 'tap';
import { findAlertName } from '../../../agent/model/alert-name.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import { findUnit, serversOf } from '../../../agent/model/find.ts';
import { homeOf } from '../../../agent/model/homes.ts';
import { emptySamples } from '../../../agent/model/samples.ts';
import type { State } from '../../../agent/model/state.ts';
import { describeUnits } from '../../../agent/model/status/describe-units.ts';
import { statusText } from '../../../agent/model/status/status-text.ts';
import { unitsServer } from '../../../agent/model/unit-state.ts';
import { newLife } from '../../../agent/observe/machine/keep-samples.ts';
import { after, running } from './sample.ts';
import * as sample from './unit-sample.ts';

const { at, life, nextLife, unitUp, withUnit } = sample;
const gateway = (state: State) => state.units?.['gateway'];

t.test('a unit from its declaration to its end', async (t) => {
  t.match(gateway(withUnit), { status: 'unknown', life: null, deaths: 0, end: null });
  t.match(gateway(unitUp), { status: 'up', life, pid: 812, since: at + 1000 });
  const dead = after(unitUp, sample.ended());
  t.match(gateway(dead), {
    ...{ status: 'restarting', life: null, pid: null, startedAt: null, deaths: 1 },
    end: { how: 'died', result: 'signal', exit: { signal: 9 } },
  });
  t.strictSame(dead.counts.unitEnds, { died: 1 });
  const back = after(dead, sample.up(nextLife));
  t.match(gateway(back), { status: 'up', life: nextLife, deaths: 1 });
  const stopped = after(
    back,
    sample.ended({ life: nextLife, how: 'stopped', next: 'stopped', result: 'success' }),
  );
  t.match(gateway(stopped), { status: 'stopped', deaths: 1, end: { how: 'stopped' } });
  t.match(gateway(after(stopped, sample.failed)), { status: 'failed' });
  const output: NewEvent = { at, type: 'unit.output', data: sample.wrote('bye') };
  t.strictSame(after(stopped, output).units, stopped.units, 'what it wrote changes nothing');
  t.match(gateway(after(stopped, sample.isDown('missing'))), { status: 'missing' });
  t.strictSame(stopped.counts.rejected, {});
});

t.test('deaths of units are counted apart from those of sessions, by the cause', async (t) => {
  const opened: NewEvent = {
    ...{ at, type: 'incident.opened' },
    data: { incident: '1', server: unitsServer, lives: [life], sessions: ['gateway'] },
  };
  const judged: NewEvent = {
    ...{ at, type: 'verdict.reached' },
    data: {
      incident: '1',
      verdict: {
        ...{ cause: 'signal', scope: 'session', confidence: 'certain', summary: 'by pkill' },
        ...{ signal: null, exitStatus: null, evidence: [], missing: [] },
      },
    },
  };
  const { counts } = after(unitUp, opened, judged);
  t.match(counts, { unitsDiedByCause: { signal: 1 }, diedByCause: {}, incidents: 1 });
  const { unitsDiedByCause: _, ...older } = unitUp.counts;
  t.match(after({ ...unitUp, counts: older }, opened, judged).counts.unitsDiedByCause, {
    signal: 1,
  });
});

t.test('what cannot have happened is counted, and changes nothing', async (t) => {
  const impossible: [State, NewEvent, string][] = [
    [running, sample.up(), 'unknown-unit'],
    [running, sample.ended(), 'unknown-unit'],
    [running, sample.failed, 'unknown-unit'],
    [running, { at, type: 'unit.undeclared', data: { session: 'gateway' } }, 'unknown-unit'],
    [unitUp, sample.up(nextLife), 'life-exists'],
    [unitUp, sample.ended({ life: nextLife }), 'unknown-life'],
    [unitUp, sample.failed, 'wrong-status'],
    [unitUp, sample.health('failed', nextLife), 'unknown-life'],
    [withUnit, sample.bot, 'unknown-life'],
  ];
  for (const [state, event, reason] of impossible) {
    const now = after(state, event);
    t.strictSame(now.counts.rejected, { [reason]: 1 }, `${event.type} ${reason}`);
    t.strictSame(now.units, state.units);
  }
});

t.test('with its life ends what is known of its bots and its health', async (t) => {
  const known = after(unitUp, sample.bot, sample.health('failed'));
  t.match(known.health?.['gateway'], { life, status: 'failed' });
  t.equal(Object.keys(known.bots ?? {}).length, 1);
  const { units } = known;
  for (const event of [
    sample.ended(),
    { at, type: 'unit.undeclared', data: { session: 'gateway' } } as const,
    { at, type: 'unit.declared', data: { ...sample.ref, unit: 'other.service' } } as const,
  ]) {
    const over = after(known, event);
    t.strictSame([over.bots, over.health], [{}, {}], event.type);
    t.strictSame(known.units, units, 'the state before is as it was');
  }
  t.strictSame(after(known, sample.health('unwatched')).health, {});
});

t.test('what bots live in is a session or a unit', async (t) => {
  t.strictSame(homeOf(unitUp, life), {
    ...{ life, session: 'gateway', server: unitsServer, createdAt: at + 900 },
  });
  t.equal(homeOf(withUnit, life), null);
  t.equal(homeOf(unitUp, 'constructor'), null);
  const [session] = Object.values(running.lives);
  t.match(homeOf(running, session?.life ?? ''), { session: session?.session });
});

t.test('by its name it is found, and is nobody’s but an operator’s', async (t) => {
  t.equal(findUnit(unitUp, 'gateway')?.unit, sample.unit);
  t.equal(findUnit(unitUp, 'constructor'), null);
  t.equal(findUnit({}, 'gateway'), null);
  t.strictSame(serversOf(unitUp, 'gateway'), [unitsServer]);
  t.strictSame(findAlertName(unitUp, 'gateway', false), {
    session: 'gateway',
    server: unitsServer,
  });
});

t.test('the line about a unit', async (t) => {
  const samples = emptySamples();
  const known = after(unitUp, sample.bot, sample.health('failed'));
  t.match(
    describeUnits(known, samples, () => null),
    [{ name: 'gateway', status: 'up', restarts: null, rssBytes: null, health: { checks: [] } }],
  );
  const usage = { at, rssBytes: 5, cpu: 0.5, processes: 1 };
  samples.units = new Map([[life, { ...newLife(at), usage }]]);
  const [line] = describeUnits(known, samples, () => 4);
  t.match(line, { rssBytes: 5, cpu: 0.5, restarts: 4, bots: [{ state: 'ready' }] });
  t.match(line, { health: { status: 'failed', check: 'heartbeat' }, breaker: 'closed' });
  const target = { server: unitsServer, session: 'gateway', life };
  const asked = (action: string, reason: string): NewEvent => ({
    ...{ at, type: 'action.requested' },
    data: { action, kind: 'unit.restart', reason, target },
  });
  const login = { since: at, by: 'session', expiresAt: null } as const;
  Object.assign(samples.units.get(life) ?? {}, {
    refresh: { login, dueAt: 7, endsAt: 8, waits: null },
  });
  const [renewed] = describeUnits(
    after(known, asked('a1', 'refresh'), asked('a2', 'unhealthy')),
    samples,
    () => null,
  );
  t.match(renewed, { healthRestarts: 1, refresh: { login, dueAt: 7, counts: { done: 0 } } });
  t.equal(line?.refresh, null);
  const [down] = describeUnits(after(known, sample.ended()), samples, () => 4);
  t.match(down, { life: null, bots: [], health: null, rssBytes: null, end: { how: 'died' } });
  t.strictSame(
    describeUnits({ ...running, units: {} }, samples, () => 0),
    [],
  );
});

t.test('what the agent says it does has them', async (t) => {
  const log = { status: 'ok', code: '' };
  t.equal(statusText(unitUp, log), 'supervising 0 sessions on 0 servers and 1 unit');
  t.notMatch(statusText(running, log), /unit/);
});
