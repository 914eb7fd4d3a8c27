import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { createSessionGroups } from '../../../../agent/link/cgroup/session-groups.ts';
import { createKernel } from './sample-kernel.ts';

const instance = { pid: 4211, startTime: 88_231 };
const limits = { memoryMax: 2 ** 26, memoryHigh: null, tasksMax: 100, cpuWeight: 50 };
const bot = { tmuxId: '$1', declared: 'bot' };
const shell = { tmuxId: '$2', declared: '' };

const setUp = (t: Test) => {
  const fake = createKernel(t.testdir(), instance.pid);
  for (const name of ['session-1', 'session-2']) fake.makeGroup(name);
  const launched: number[] = [];
  let now = 1_000_000;
  let refusal: string | null = null;
  const groups = createSessionGroups({
    kernel: fake.kernel,
    installLauncher: async ({ pid }) => {
      launched.push(pid);
      if (refusal !== null) throw new Error(refusal);
    },
    now: () => now,
  });
  const arrange = (
    sessions = [bot, shell],
    wanted: Record<string, typeof limits> = { bot: limits },
    panes: { tmuxId: string; pid: number }[] = [],
  ) => groups.arrange(instance, { sessions, panes, nextSession: 3 }, wanted);
  return {
    ...{ fake, groups, launched, arrange },
    refuse: (why: string | null): void => {
      refusal = why;
    },
    pass: (ms: number): void => {
      now += ms;
    },
  };
};

t.test('limits are in force, go with the configuration, and are not written twice', async (t) => {
  const { fake, arrange } = setUp(t);
  t.equal(await arrange(), null);
  t.equal(fake.read('session-1/memory.max'), '67108864');
  t.equal(fake.read('session-1/memory.oom.group'), '1', 'a session ends whole');
  t.equal(fake.read('session-1/memory.high'), 'max');
  t.equal(fake.read('session-1/pids.max'), '100');
  t.equal(fake.read('session-1/cpu.weight'), '50');
  t.equal(fake.read('session-2/memory.max'), 'max');
  t.equal(fake.read('session-2/memory.oom.group'), '0');
  fake.put(join(fake.unit, 'session-1/memory.max'), 'what the owner wrote');
  t.equal(await arrange(), null);
  t.equal(fake.read('session-1/memory.max'), 'what the owner wrote');
  t.equal(await arrange([bot, shell], {}), null);
  t.equal(fake.read('session-1/memory.max'), 'max');
  t.equal(fake.read('session-1/memory.oom.group'), '0');
  t.equal(fake.read('session-1/cpu.weight'), '100');
});

t.test('what the kernel refuses is told, and nothing where no limit is wanted', async (t) => {
  const { fake, arrange } = setUp(t);
  rmSync(join(fake.unit, 'session-1/memory.max'));
  rmSync(join(fake.unit, 'session-2/memory.max'));
  t.match(await arrange(), /^bot: memory\.max \(ENOENT\)$/);
  t.match(await arrange(), /^bot: memory\.max/, 'for as long as it lasts');
  t.equal(await arrange([shell], {}), null);
});

t.test('a pane the launcher missed is moved with its children, and no other', async (t) => {
  const { fake, launched, arrange } = setUp(t);
  fake.addProcess(5000, instance.pid, 'server');
  fake.addProcess(5001, 5000, 'server');
  fake.addProcess(6000, instance.pid, 'server');
  fake.addProcess(7000, instance.pid, 'session-2');
  // Plain files keep the last pid written; the kernel keeps all.
  t.equal(await arrange(undefined, undefined, [{ tmuxId: '$1', pid: 5000 }]), null);
  t.equal(fake.read('session-1/cgroup.procs'), '5001');
  t.same(launched, [instance.pid, instance.pid], 'the launcher is put in place again');
  await arrange(undefined, undefined, [{ tmuxId: '$1', pid: 7000 }]);
  t.equal(fake.read('session-1/cgroup.procs'), '5001', 'one that was joined stays where it began');
  t.equal(launched.length, 2);
});

t.test(
  'the cgroup of an ended session goes after a while, that of a coming one stays',
  async (t) => {
    const { fake, arrange, pass } = setUp(t);
    rmSync(join(fake.unit, 'session-2'), { recursive: true });
    fake.put(join(fake.unit, 'session-2/gone'), '');
    rmSync(join(fake.unit, 'session-2/gone'));
    fake.put(join(fake.unit, 'session-7/gone'), '');
    rmSync(join(fake.unit, 'session-7/gone'));
    await arrange([bot]);
    pass(9000);
    await arrange([bot]);
    t.ok(existsSync(join(fake.unit, 'session-2')), 'the agent may still read in it');
    pass(2000);
    await arrange([bot]);
    t.notOk(existsSync(join(fake.unit, 'session-2')));
    t.ok(existsSync(join(fake.unit, 'session-7')));
    t.ok(existsSync(join(fake.unit, 'session-1')));
  },
);

t.test(
  'without delegation nothing is written, and it is said where limits are wanted',
  async (t) => {
    const { fake, groups, launched, arrange } = setUp(t);
    fake.put(join(fake.kernel.proc, `${instance.pid}/cgroup`), '0::/user.slice/session-1.scope\n');
    await groups.prepare(instance);
    t.equal(await arrange(undefined, {}), null);
    t.match(await arrange(), /Delegate=yes/);
    t.equal(fake.read('session-1/memory.max'), 'max');
    t.same(launched, []);
  },
);

t.test(
  'a launcher that tmux refuses is said where limits are wanted, until it is taken',
  async (t) => {
    const { fake, arrange, refuse } = setUp(t);
    refuse('no server running');
    t.equal(await arrange(undefined, {}), null);
    t.equal(await arrange(), 'new panes begin unlimited: no server running');
    refuse(null);
    fake.addProcess(5000, instance.pid, 'server');
    t.equal(
      await arrange(undefined, undefined, [{ tmuxId: '$1', pid: 5000 }]),
      null,
      'put in again',
    );
  },
);

t.test('without cgroup v2 it is said so', async (t) => {
  const { fake, arrange } = setUp(t);
  rmSync(join(fake.kernel.cgroup, 'cgroup.controllers'));
  t.match(await arrange(), /^there is no cgroup v2/);
});

t.test(
  'the agent, another user, may read a group that is made here, whatever the umask',
  async (t) => {
    const { fake, arrange } = setUp(t);
    rmSync(join(fake.unit, 'session-1'), { recursive: true });
    const before = process.umask(0o077);
    t.teardown(() => process.umask(before));
    await arrange();
    t.equal(statSync(join(fake.unit, 'session-1')).mode & 0o777, 0o755);
  },
);

t.test('a pane that cannot be moved is told, and keeps no other from its place', async (t) => {
  const { fake, launched, arrange } = setUp(t);
  fake.addProcess(5000, instance.pid, 'server');
  fake.addProcess(6000, instance.pid, 'server');
  rmSync(join(fake.unit, 'session-1/cgroup.procs'));
  const panes = [
    { tmuxId: '$1', pid: 5000 },
    { tmuxId: '$2', pid: 6000 },
  ];
  t.match(await arrange(undefined, {}, panes), /^a pane cannot be moved: /);
  t.equal(fake.read('session-2/cgroup.procs'), '6000');
  t.equal(launched.length, 2, 'the launcher is put in place again');
});
