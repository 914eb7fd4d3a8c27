import t from 'tap';
import type { ActionKind } from '../../../../agent/model/events/action.ts';
import { emptyState, type State } from '../../../../agent/model/state.ts';
import { type UnitState, unitLife, unitsServer } from '../../../../agent/model/unit-state.ts';
import type { PastRun } from '../../../../agent/observe/units/past-run.ts';
import { unitEvents } from '../../../../agent/observe/units/unit-events.ts';
import { type Changes, down, invocation, shown, unit } from './show.ts';

const at = 1_795_176_060_000;
const life = unitLife(invocation);
const next = 'f'.repeat(32);

const declared: UnitState = {
  ...{ session: 'gateway', server: unitsServer, unit, status: 'unknown', since: at - 90_000 },
  ...{ life: null, pid: null, startedAt: null, deaths: 0, end: null },
};
const up: UnitState = { ...declared, status: 'up', life, pid: 812, startedAt: at - 60_000 };
const stopped: UnitState = { ...declared, status: 'stopped' };

interface Case {
  past?: PastRun;
  before?: Changes | null;
  kind?: ActionKind;
}

/** But for the incidents of deaths (unit-death.test.ts). */
const look = (known: UnitState, now: Changes, { before = {}, kind, past }: Case = {}) => {
  const target = { server: unitsServer, session: 'gateway', life };
  const actions: State['actions'] = kind
    ? { a1: { action: 'a1', kind, target, requestedAt: at } }
    : {};
  const events = unitEvents({
    ...{
      state: { ...emptyState(), actions },
      unit: known,
      now: shown(now),
      at,
      lastSeen: at - 1000,
    },
    before: before && shown(before),
    past: past ?? null,
    seen: { main: { pid: 812, startTime: 77 }, usage: null, host: null, recent: [] },
    startTime: 77,
  });
  return events.filter(({ type }) => type !== 'incident.opened');
};

const types = (...looked: Parameters<typeof look>) => look(...looked).map(({ type }) => type);

t.test('what runs is up, once', async (t) => {
  t.match(look(declared, {}, { before: null }), [
    { at, type: 'unit.up', data: { life, pid: 812, startedAt: at - 60_000, unit } },
  ]);
  t.same(look(up, {}), []);
  t.same(look(up, { ActiveState: 'reloading' }), []);
  t.same(look(up, { ActiveState: 'deactivating', SubState: 'stop-sigterm' }), []);
  const untold = look(declared, { ActiveEnterTimestamp: '' });
  t.match(untold, [{ data: { startedAt: at } }], 'at the latest now');
});

t.test('what starts is neither up nor down', async (t) => {
  t.same(look(declared, { ActiveState: 'activating', SubState: 'start' }, { before: null }), []);
});

t.test('a crash that systemd mends is a death', async (t) => {
  t.match(look(up, down.killed), [
    {
      type: 'unit.ended',
      data: {
        death: { incident: '1', main: { pid: 812, startTime: 77 }, watched: 'live', others: [] },
        ...{ session: 'gateway', life, how: 'died', result: 'signal', next: 'restarting' },
        ...{ exit: { status: null, signal: 9 }, why: 'its program was ended by SIGKILL' },
        ...{ action: null, ageMs: 60_000, lastSeen: at - 1000 },
      },
    },
  ]);
  const done = { ...down.crashed, Result: 'success', ExecMainStatus: '0' };
  t.match(look(up, done), [{ data: { how: 'finished', next: 'restarting' } }]);
});

t.test('one that runs again already ended unseen', async (t) => {
  const again = { InvocationID: next };
  const byItself = look(up, { ...again, NRestarts: '1' });
  t.match(byItself, [
    { type: 'unit.ended', data: { how: 'died', result: 'unseen', next: 'restarting', exit: null } },
    { type: 'unit.up', data: { life: unitLife(next) } },
  ]);
  t.match(look(up, again), [{ data: { how: 'stopped', result: 'unseen' } }, { type: 'unit.up' }]);
  const past = {
    ...{ result: 'signal', exit: { status: null, signal: 9 }, stopped: false },
    endedAt: at - 30_000,
  };
  t.match(
    look(up, again, { past }),
    [{ data: { how: 'died', result: 'signal', death: { exitedAt: at - 30_000 } } }, {}],
    'by the journal',
  );
  const meant = { ...past, stopped: true };
  t.match(look(up, again, { past: meant }), [{ data: { how: 'stopped', result: 'signal' } }, {}]);
  const done = { ...past, result: 'success' };
  t.match(look(up, again, { past: done }), [{ data: { how: 'finished' } }, {}]);
  const whileAway = look(up, { ...again, NRestarts: '3' }, { before: null });
  t.match(whileAway, [{ data: { how: 'stopped' } }, {}], 'what was counted before nobody knows');
  for (const failing of [down.crashed, down.failed]) {
    const replaced = { ...failing, ...again, NRestarts: '1' };
    t.match(
      look(up, replaced),
      [{ data: { how: 'stopped' } }],
      'the new run crashed, not this one',
    );
    t.match(look(up, replaced, { past }), [{ data: { how: 'died' } }]);
  }
});

t.test('what an operator stops is stopped, whatever its program makes of it', async (t) => {
  t.match(look(up, down.stopped), [{ data: { how: 'stopped', next: 'stopped' } }]);
  t.match(look(up, down.failed), [{ data: { how: 'stopped', next: 'stopped' } }]);
  t.same(types(up, down.failed), ['unit.ended'], 'and that is no failure');
  t.same(look(stopped, down.failed, { before: down.failed }), [], 'nor later');
  t.same(look(stopped, down.failed, { before: null }), [], 'nor for another agent');
  const onFailure = { Restart: 'on-failure' } as const;
  const bySignal = { ...down.stopped, ...onFailure, ExecMainCode: '2', ExecMainStatus: '15' };
  t.match(look(up, bySignal), [{ data: { how: 'stopped' } }]);
  const stopping = { ActiveState: 'deactivating', SubState: 'stop-sigterm' };
  const byItself = { ...down.stopped, ...onFailure };
  t.match(look(up, byItself, { before: stopping }), [{ data: { how: 'stopped' } }]);
  t.match(look(up, byItself), [{ data: { how: 'finished', next: 'stopped' } }]);
  const unfed = { ...stopping, SubState: 'stop-watchdog' };
  const dog = { ...down.failed, Result: 'watchdog', Restart: 'no' };
  t.match(look(up, dog, { before: unfed }), [{ data: { how: 'died' } }, {}]);
});

t.test(
  'what ends in a failure as it is stopped was stopped, by the word of the journal',
  async (t) => {
    const ended = {
      ...down.failed,
      Restart: 'no',
      Result: 'signal',
      ExecMainCode: '2',
      ExecMainStatus: '15',
    };
    const past = {
      ...{ result: 'signal', exit: { status: null, signal: 15 }, endedAt: at - 1000 },
      stopped: true,
    };
    t.match(look(up, ended), [{ data: { how: 'died' } }, { type: 'unit.failed' }]);
    t.match(look(up, ended, { past }), [{ data: { how: 'stopped', next: 'stopped' } }]);
    t.same(types(up, ended, { past }), ['unit.ended']);
  },
);

t.test('what systemd gives up has failed', async (t) => {
  const tooOften = { ...down.failed, NRestarts: '5' };
  t.match(look(up, tooOften, { before: { NRestarts: '4' } }), [
    { type: 'unit.ended', data: { how: 'died', next: 'failed' } },
    { type: 'unit.failed', data: { result: 'exit-code', why: /status 1/ } },
  ]);
  t.same(types(up, { ...down.failed, Restart: 'no' }), ['unit.ended', 'unit.failed']);
  const limit = { ...down.failed, Result: 'start-limit-hit' };
  t.match(look(up, limit), [{ data: { how: 'died' } }, { data: { result: 'start-limit-hit' } }]);
  const restarting: UnitState = { ...declared, status: 'restarting' };
  t.same(types(restarting, down.failed, { before: down.crashed }), ['unit.failed']);
  const failed: UnitState = { ...declared, status: 'failed' };
  t.same(look(failed, down.failed, { before: down.failed }), [], 'once');
  t.same(look(failed, down.failed, { before: null }), []);
  t.same(types(declared, down.failed, { before: null }), ['unit.failed'], 'at first sight');
  const anew = { ...down.failed, InvocationID: next };
  t.same(types(stopped, anew, { before: down.failed }), ['unit.failed'], 'a start that failed');
});

t.test('what does not run is down', async (t) => {
  t.match(look(declared, down.stopped, { before: null }), [
    { type: 'unit.down', data: { status: 'stopped' } },
  ]);
  t.same(look(stopped, down.stopped), []);
  const failed: UnitState = { ...declared, status: 'failed' };
  t.same(types(failed, down.stopped), ['unit.down'], 'somebody reset it');
  t.match(look(stopped, down.missing), [{ type: 'unit.down', data: { status: 'missing' } }]);
  t.same(look({ ...declared, status: 'missing' }, down.missing), []);
  t.same(types(up, down.missing), ['unit.ended', 'unit.down'], 'removed while it ran');
});

t.test('what Holdfast itself does is no death', async (t) => {
  t.match(look(up, down.killed, { kind: 'unit.restart' }), [
    { data: { how: 'stopped', next: 'restarting', action: 'a1' } },
  ]);
  t.match(look(up, down.failed, { kind: 'unit.stop' }), [
    { data: { how: 'stopped', next: 'stopped', action: 'a1' } },
  ]);
  t.match(look(up, down.killed, { kind: 'unit.start' }), [{ data: { how: 'died', action: null } }]);
});
