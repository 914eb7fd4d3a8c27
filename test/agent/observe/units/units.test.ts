import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { NewEvent } from '../../../../agent/model/event.ts';
import { Failure } from '../../../../agent/model/failure.ts';
import { emptySamples } from '../../../../agent/model/samples.ts';
import { emptyState, type State } from '../../../../agent/model/state.ts';
import { unitLife } from '../../../../agent/model/unit-state.ts';
import { createJournal } from '../../../../agent/observe/sources/journal.ts';
import { askSystemd } from '../../../../agent/observe/units/ask-systemd.ts';
import { type AskPastRun, createPastRuns } from '../../../../agent/observe/units/past-run.ts';
import { unitDeclarations } from '../../../../agent/observe/units/unit-declarations.ts';
import { createUnits } from '../../../../agent/observe/units/units.ts';
import { SystemctlError } from '../../../../agent/os/systemctl.ts';
import { after } from '../../model/sample.ts';
import { ref, withUnit } from '../../model/unit-sample.ts';
import { block, type Changes, down, invocation, unit } from './show.ts';

/** The looks at one declared unit, with what systemd shows next. */
const scene = (from: State = withUnit, past?: AskPastRun, cgroup = '/nowhere') => {
  let state = from;
  let text: string | Error = block();
  let elapsed = 0;
  const told: NewEvent[] = [];
  const asked: string[][] = [];
  const watches = new Map<string, () => void>();
  let observed = 0;
  const samples = emptySamples();
  const units = createUnits({
    ...{ state: () => state, samples, now: () => 1_795_176_000_000 + elapsed },
    tick: () => elapsed,
    ...(past && { past }),
    record: (events) => {
      told.push(...events);
      state = after(state, ...events);
    },
    onObserved: () => {
      observed += 1;
    },
    ask: (names) =>
      askSystemd(names, async (args) => {
        asked.push(args.slice(args.indexOf('--') + 1));
        if (text instanceof Error) throw text;
        return text;
      }),
    kernel: { proc: '/nowhere', cgroup },
    watch: (_, group, onChange) => {
      watches.set(group, onChange);
      return () => watches.delete(group);
    },
  });
  return {
    ...{ units, told, asked, watches, samples },
    state: () => state,
    observed: () => observed,
    shows: (next: Changes | Error) => {
      text = next instanceof Error ? next : block(next);
    },
    types: () => told.map(({ type }) => type),
    /** Lets time pass, in turns of a second. */
    pass: async (seconds: number) => {
      for (let i = 0; i < seconds; i += 1) {
        elapsed += 1000;
        await units.turn();
      }
    },
    record: (...events: NewEvent[]) => {
      state = after(state, ...events);
    },
  };
};

t.test('nothing is asked while nothing is declared', async (t) => {
  const { units, asked, pass } = scene(emptyState());
  await pass(30);
  await units.look();
  t.strictSame(asked, []);
  t.equal(units.status().unseen, null);
});

t.test('a unit is seen up, watched, and asked about now and then', async (t) => {
  const { units, told, asked, watches, pass, samples, observed } = scene();
  await units.look();
  t.match(told, [{ type: 'unit.up', data: { life: unitLife(invocation) } }]);
  t.strictSame(asked, [[unit]]);
  t.strictSame([...watches.keys()], [`/system.slice/${unit}`]);
  t.equal(units.status().restartsOf('gateway'), 0);
  t.equal(units.status().restartsOf('other'), null);
  t.ok(samples.units?.has(unitLife(invocation)));
  await pass(4);
  t.equal(asked.length, 1);
  await pass(7);
  t.equal(asked.length, 3);
  t.equal(told.length, 1, 'and nothing is told twice');
  t.equal(observed(), 1);
});

t.test('the kernel tells that it is empty: systemd is asked at once', async (t) => {
  const { units, told, watches, shows, samples, pass, asked } = scene();
  await units.look();
  shows(down.killed);
  for (const tell of watches.values()) tell();
  await units.look();
  t.match(told.at(-1), { type: 'unit.ended', data: { how: 'died', result: 'signal' } });
  t.strictSame([...watches.keys()], []);
  t.equal(samples.units?.size, 0);
  const before = asked.length;
  await pass(3);
  t.equal(asked.length, before + 3, 'it is between two states');
  shows({ InvocationID: 'e'.repeat(32), NRestarts: '1' });
  await pass(1);
  t.match(told.at(-1), { type: 'unit.up', data: { life: unitLife('e'.repeat(32)) } });
  units.stop();
  t.strictSame([...watches.keys()], []);
});

t.test('what ends between the word of systemd and the measure was measured before', async (t) => {
  const cgroup = t.testdir({
    'system.slice': {
      [unit]: {
        ...{ 'memory.events': 'oom 0\noom_kill 0\n', 'memory.current': '4096\n' },
        ...{ 'memory.stat': 'anon 1000\nfile_mapped 24\n', 'pids.current': '3\n' },
      },
    },
  });
  const path = join(cgroup, 'system.slice', unit);
  const { units, told, shows, samples } = scene(withUnit, undefined, cgroup);
  const usage = () => samples.units?.get(unitLife(invocation))?.usage;
  await units.look();
  const measured = { rssBytes: 1024, processes: 3 };
  t.match(usage(), measured);
  writeFileSync(join(path, 'pids.current'), '0\n');
  writeFileSync(join(path, 'memory.stat'), 'anon 0\n');
  await units.look();
  t.match(usage(), measured, 'nobody is in there any more');
  rmSync(path, { recursive: true });
  await units.look();
  t.match(usage(), measured, 'it is gone');
  shows({ MainPID: '0', SubState: 'exited' });
  await units.look();
  t.equal(usage(), null, 'it needs no process to be active');
  shows({});
  await units.look();
  t.equal(usage(), null);
  units.stop();
  t.equal(told.length, 1);
});

t.test('the death of a unit has what was measured before it', async (t) => {
  const files = {
    ...{ 'memory.events': 'oom 0\n', 'memory.current': '4096\n', 'pids.current': '3\n' },
    ...{ 'memory.stat': 'anon 1000\n' },
  };
  const cgroup = t.testdir({ 'system.slice': { [unit]: files } });
  const { units, told, shows } = scene(withUnit, undefined, cgroup);
  await units.look();
  rmSync(join(cgroup, 'system.slice', unit), { recursive: true });
  await units.look();
  shows(down.killed);
  await units.look();
  t.match(told.at(-1), { type: 'unit.ended', data: { death: { usage: { rssBytes: 1000 } } } });
});

t.test('a run that is over unseen is looked up in the journal', async (t) => {
  const entry = (id: string, more: object) =>
    JSON.stringify({
      ...{ _PID: '1', _UID: '0', _TRANSPORT: 'journal', UNIT: unit, MESSAGE_ID: id, ...more },
      ...{ MESSAGE: 'x', __REALTIME_TIMESTAMP: '1795176001000000' },
    });
  const exit = entry('98e322203f7a4ed290d09fe03c09fe15', { EXIT_CODE: 'killed', EXIT_STATUS: '9' });
  const result = entry('d9b373ed55a64feb8242e02dbe79a49c', { UNIT_RESULT: 'signal' });
  const stop = entry('de5b426a63be47a7b6ac3eaac82e2f6f', { JOB_TYPE: 'restart' });
  const done = entry('7ad2d189f7e94e70a38c781354912448', {});
  const exited = entry('98e322203f7a4ed290d09fe03c09fe15', {
    ...{ EXIT_CODE: 'exited', EXIT_STATUS: '0' },
  });
  const asked: string[] = [];
  const pastIn = (...lines: string[]) => {
    const run = async (args: readonly string[]) => {
      asked.push(...args);
      return { text: lines.join('\n'), whole: true };
    };
    return createPastRuns(
      createJournal(run),
      () => 1_795_176_001_000,
      async () => undefined,
    );
  };
  const ask = (...lines: string[]) => pastIn(...lines)(unit, invocation, 1_795_176_000_000);
  const endedAt = 1_795_176_001_000;
  const killed = {
    ...{ result: 'signal', exit: { status: null, signal: 9 }, stopped: false, endedAt },
  };
  t.strictSame(await ask(exit, result), killed);
  t.ok(asked.includes(`INVOCATION_ID=${invocation}`) && asked.includes('_PID=1'));
  t.strictSame(await ask(stop, exited, done), {
    ...{ result: 'success', exit: { status: 0, signal: null }, stopped: true, endedAt },
  });
  t.strictSame(await ask(exit), { ...killed, result: 'success' });
  t.strictSame(await ask(result), { ...killed, exit: null });
  t.equal(await ask(stop), null);
  const reload = entry('d34d037fff1847e6ae669a370e694725', { JOB_TYPE: 'reload' });
  const failedReload = entry('98e322203f7a4ed290d09fe03c09fe15', {
    ...{ EXIT_CODE: 'exited', EXIT_STATUS: '1', COMMAND: 'ExecReload' },
  });
  t.strictSame(await ask(reload, failedReload, exit, result), killed, 'a reload ends nothing');
  t.equal(await ask('torn {'), null);
  const none = createPastRuns({ read: () => Promise.reject(new Error('no journal')) }, () => 1);
  t.equal(await none(unit, invocation, 1), null);

  const texts = [stop, `${stop}\n${exit}\n${result}`];
  const paused: number[] = [];
  const behind = createPastRuns(
    createJournal(async () => ({ text: texts.shift() ?? '', whole: true })),
    () => 1_795_176_001_000,
    async (ms) => paused.push(ms),
  );
  t.match(await behind(unit, invocation, 1), { result: 'signal', stopped: true });
  t.strictSame([texts, paused], [[], [1000]], 'a journal that is behind is read once more');

  const { units, told, shows } = scene(withUnit, pastIn(exit, result));
  await units.look();
  shows({ InvocationID: 'e'.repeat(32), NRestarts: '1' });
  await units.look();
  t.match(told.slice(1), [
    { type: 'incident.opened' },
    { type: 'unit.ended', data: { how: 'died', result: 'signal', exit: { signal: 9 } } },
    { type: 'unit.up' },
  ]);
});

t.test('what is being stopped is known while its life goes on', async (t) => {
  const { units, shows, samples, told } = scene();
  const stopping = () => samples.units?.get(unitLife(invocation))?.stopping;
  await units.look();
  t.equal(stopping(), undefined);
  shows({ ActiveState: 'deactivating', SubState: 'stop-sigterm' });
  await units.look();
  t.equal(stopping(), true);
  t.equal(told.length, 1);
  shows({});
  await units.look();
  t.equal(stopping(), undefined);
});

t.test('the journal is asked about all that run anew at once', async (t) => {
  const names = Array.from({ length: 10 }, (_, i) => `bot-${i}`);
  const declared = names.map(
    (session): NewEvent => ({
      ...{ at: 1, type: 'unit.declared' },
      data: { ...ref, session, unit: `${session}.service` },
    }),
  );
  const showing = (id: string) => (name: string, i: number) =>
    block({ Id: `${name}.service`, InvocationID: id.repeat(31) + i });
  const waiting: (() => void)[] = [];
  const past: AskPastRun = () =>
    new Promise((resolve) => {
      waiting.push(() => resolve({ result: 'signal', exit: null, stopped: false, endedAt: 1 }));
    });
  let state = after(emptyState(), ...declared);
  let id = 'a';
  const units = createUnits({
    ...{ state: () => state, samples: emptySamples(), now: () => 5, tick: () => 5, past },
    ...{ onObserved: () => {}, watch: () => () => {} },
    record: (events) => {
      state = after(state, ...events);
    },
    ask: (asked) => askSystemd(asked, async () => names.map(showing(id)).join('\n')),
  });
  await units.look();
  id = 'b';
  const looking = units.look();
  while (waiting.length < 8) await new Promise((resolve) => setImmediate(resolve));
  t.equal(waiting.length, 8, 'and no more than so many');
  // The last to be asked is the first to answer: they are taken in their order.
  for (const answer of waiting.splice(0).reverse()) answer();
  while (waiting.length < 2) await new Promise((resolve) => setImmediate(resolve));
  for (const answer of waiting.splice(0)) answer();
  await looking;
  t.strictSame(
    Object.values(state.units ?? {}).map(({ session, deaths, life }) => [session, deaths, life]),
    names.map((name, i) => [name, 1, unitLife('b'.repeat(31) + i)]),
  );
});

t.test('where there is no systemd, that is said, and nothing else', async (t) => {
  const { units, told, shows, pass, asked, observed } = scene();
  const missing = Object.assign(new Error('spawn systemctl ENOENT'), { code: 'ENOENT' });
  shows(new SystemctlError(missing));
  await units.look();
  t.equal(units.status().unseen, 'systemctl is not installed');
  await pass(10);
  t.equal(asked.length, 3, 'it is asked again every five seconds');
  const stderr = 'System has not been booted with systemd as init system (PID 1).\nmore';
  shows(new SystemctlError(Object.assign(new Error('exit 1'), { stderr })));
  await units.look();
  t.match(units.status().unseen, /not been booted with systemd as init system \(PID 1\)\.$/);
  t.strictSame(told, []);
  t.equal(observed(), 0);
  shows({});
  await units.look();
  t.equal(units.status().unseen, null);
  t.equal(observed(), 1);
  t.match(told, [{ type: 'unit.up' }]);
});

t.test('what systemctl prints beside the question is no answer', async (t) => {
  await t.rejects(
    askSystemd([unit], async () => 'hello\n\nyou\n'),
    { code: 'systemd-silent' },
  );
  await t.rejects(
    askSystemd([unit], () => Promise.reject(new Failure('x', 'gone'))),
    /^gone$/,
  );
});

t.test('a unit that is no longer declared is forgotten', async (t) => {
  const { units, watches, record, told } = scene();
  await units.look();
  record({ at: 1, type: 'unit.undeclared', data: { session: 'gateway' } });
  await units.look();
  t.strictSame([...watches.keys()], []);
  t.equal(units.known.size, 0);
  t.equal(told.length, 1);
});

t.test('what is declared is told once, and again when it is another unit', async (t) => {
  const declare = (state: State, units: Record<string, { unit: string }>) =>
    unitDeclarations(state, { units }, 5).map(({ type, data }) => [type, data]);
  t.strictSame(declare(emptyState(), { gateway: { unit } }), [['unit.declared', ref]]);
  t.strictSame(declare(withUnit, { gateway: { unit } }), []);
  t.strictSame(declare(withUnit, { gateway: { unit: 'b.service' } }), [
    ['unit.declared', { ...ref, unit: 'b.service' }],
  ]);
  t.strictSame(declare(withUnit, {}), [['unit.undeclared', { session: 'gateway' }]]);
  t.strictSame(unitDeclarations({}, {}, 5), []);
});
