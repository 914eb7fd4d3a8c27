import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { execute } from '../../../../agent/act/executor.ts';
import { createOperator } from '../../../../agent/act/operator.ts';
import { createSettling } from '../../../../agent/act/settle-previous.ts';
import { createControlUnit } from '../../../../agent/act/unit/declared-units.ts';
import { systemctl } from '../../../../agent/act/unit/systemctl.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import { Failure } from '../../../../agent/model/failure.ts';
import { emptyState, type State } from '../../../../agent/model/state.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { after, nobody } from '../../model/sample.ts';
import * as sample from '../../model/unit-sample.ts';
import { handsUpon } from '../sample-hands.ts';

const { life, nextLife, unit, unitUp, withUnit } = sample;
const stopped = after(unitUp, sample.ended({ how: 'stopped', next: 'stopped' }));

const operatorUpon = (state: State, changes: Parameters<typeof handsUpon>[1] = {}) => {
  const scene = handsUpon(state, changes);
  return {
    ...scene,
    operator: createOperator(
      scene.hands,
      async () => true,
      async () => true,
    ),
  };
};

t.test('systemd is told one verb about one unit, and asked how it is afterwards', async (t) => {
  const steps: string[] = [];
  const control = createControlUnit({
    state: () => unitUp,
    look: async () => void steps.push('look'),
    systemctl: async (verb, name, { timeout = Number.POSITIVE_INFINITY, mode } = {}) => {
      t.equal(mode, 'fail');
      t.ok(timeout + 5000 < 15_000, 'who asked is still waiting');
      steps.push(`${verb} ${name}`);
      if (verb === 'stop') throw new Failure('unit-refused', 'Access denied');
    },
  });
  const how = { mode: 'fail' } as const;
  await control('restart', 'gateway', how);
  t.strictSame(steps.splice(0), [`restart ${unit}`, 'look']);
  await t.rejects(control('stop', 'gateway', how), { code: 'unit-refused' });
  t.strictSame(steps.splice(0), [`stop ${unit}`, 'look'], 'also where it was refused');
  await t.rejects(control('restart', 'ssh', how), { code: 'not-declared' });
  t.strictSame(steps, []);
});

t.test('what was decided about a life is not done to another', async (t) => {
  let state = unitUp;
  const steps: string[] = [];
  let happens: NewEvent[] = [];
  const control = createControlUnit({
    state: () => state,
    look: async () => {
      steps.push('look');
      state = after(state, ...happens);
    },
    systemctl: async (verb) => void steps.push(verb),
  });
  await control('restart', 'gateway', { mode: 'fail', life });
  t.strictSame(steps.splice(0), ['look', 'restart', 'look']);
  happens = [sample.ended({ how: 'stopped', next: 'stopped' })];
  await t.rejects(control('restart', 'gateway', { mode: 'fail', life }), { code: 'no-such-life' });
  t.strictSame(steps, ['look'], 'it stays stopped');
});

t.test('an operator starts, stops and restarts a declared unit', async (t) => {
  const up = operatorUpon(unitUp);
  await up.operator.restart('gateway', nobody);
  t.strictSame(up.steps, [
    ...['decision.made', 'action.requested', 'durable', 'unit.restart', 'action.done'],
  ]);
  t.match(up.events[1], {
    data: { kind: 'unit.restart', reason: 'operator', target: { server: unitsServer, life } },
  });
  await up.operator.stop('gateway', nobody);
  t.equal(up.steps.at(-2), 'unit.stop');
  t.strictSame(up.calls, ['gateway', 'gateway']);

  const down = operatorUpon(stopped);
  await down.operator.start('gateway', nobody);
  t.match(down.events[0], { data: { decision: 'resume', reason: 'operator' } });
  t.match(down.events[1], { data: { kind: 'unit.start' } });
  t.equal(down.steps.at(-2), 'unit.restart', 'which starts what is down');
});

t.test('what would change nothing is refused', async (t) => {
  await t.rejects(operatorUpon(unitUp).operator.start('gateway', nobody), {
    code: 'already-running',
  });
  await t.rejects(operatorUpon(stopped).operator.stop('gateway', nobody), { code: 'not-running' });
  const { operator, steps } = operatorUpon(unitUp, { durable: () => new Promise(() => undefined) });
  void operator.stop('gateway', nobody);
  await t.rejects(operator.restart('gateway', nobody), { code: 'already-acted-on' });
  t.strictSame(
    steps.filter((step) => step === 'action.requested'),
    ['action.requested'],
  );
  const refused = operatorUpon(unitUp, {
    controlUnit: () => Promise.reject(new Failure('unit-refused', 'Access denied')),
  });
  await t.rejects(refused.operator.stop('gateway', nobody), { code: 'unit-refused' });
  t.equal(refused.steps.at(-1), 'action.failed');
});

t.test('a session of the same name on a server of anybody does not stand in the way', async (t) => {
  const target = { server: 'alice', session: 'gateway', life: null };
  const requestedAt = 1;
  for (const kind of ['keys.send', 'session.create', 'session.kill'] as const) {
    const actions = { a1: { action: 'a1', kind, target, requestedAt } };
    const { operator, steps } = operatorUpon({ ...unitUp, actions });
    await operator.stop('gateway', nobody);
    t.equal(steps.at(-2), 'unit.stop', kind);
  }
});

t.test('what a person has systemd do is replaced by a person alone', async (t) => {
  const hows: unknown[] = [];
  const { hands, operator } = operatorUpon(unitUp, {
    controlUnit: async (_verb, _name, how) => void hows.push(how),
  });
  await operator.restart('gateway', nobody);
  const target = { server: unitsServer, session: 'gateway', life };
  await execute(hands, { kind: 'unit.restart', target, reason: 'unhealthy' });
  t.strictSame(hows, [{ mode: 'replace' }, { mode: 'fail', life }]);
  const directory = t.testdir({ systemctl: '#!/bin/sh\necho "$@" >&2\nexit 1\n' });
  const program = join(directory, 'systemctl');
  chmodSync(program, 0o755);
  await t.rejects(systemctl('restart', unit, { mode: 'fail', program }), {
    message: new RegExp(`: --no-ask-password --job-mode=fail restart ${unit}$`),
  });
});

t.test('what systemd takes long for is not known to have failed', async (t) => {
  const slow = operatorUpon(unitUp, {
    controlUnit: () => Promise.reject(new Failure('unit-slow', 'systemd goes on with it')),
  });
  const outcome = await slow.operator.restart('gateway', nobody);
  t.match(outcome, { outcome: 'lost', message: 'systemd goes on with it' });
  t.equal(slow.steps.at(-1), 'action.lost');
  const directory = t.testdir({
    systemctl: '#!/bin/sh\nexec sleep 60\n',
    no: '#!/bin/sh\nexit 1\n',
  });
  for (const name of ['systemctl', 'no']) chmodSync(join(directory, name), 0o755);
  await t.rejects(systemctl('stop', unit, { timeout: 50, program: join(directory, 'systemctl') }), {
    ...{ code: 'unit-slow', message: /stop .*longer than 0\.05 s; systemd goes on with it/ },
  });
  await t.rejects(systemctl('stop', unit, { program: join(directory, 'no') }), {
    code: 'unit-refused',
  });
});

t.test('what an agent before had asked for is settled by how the unit is', async (t) => {
  const outcomes = (state: State): string[] => {
    const kinds = ['unit.start', 'unit.stop', 'unit.restart'] as const;
    const target = { server: unitsServer, session: 'gateway', life };
    const actions = Object.fromEntries(
      kinds.map((kind) => [kind, { action: kind, kind, target, requestedAt: 1 }]),
    );
    const told: string[] = [];
    const settle = createSettling(
      { ...state, actions },
      {
        state: () => state,
        record: (events) => told.push(...events.map(({ type }) => type.slice(7))),
        now: () => 2,
      },
    );
    settle('main');
    t.strictSame(told, [], 'not before units were looked at');
    settle(unitsServer);
    return told;
  };
  t.strictSame(outcomes(unitUp), ['done', 'lost', 'lost']);
  t.strictSame(outcomes(stopped), ['lost', 'done', 'lost']);
  t.strictSame(outcomes(after(stopped, sample.up(nextLife))), ['done', 'lost', 'done']);
  t.strictSame(outcomes(emptyState()), ['lost', 'lost', 'lost']);
  t.strictSame(outcomes(withUnit), ['lost', 'done', 'lost']);
});
