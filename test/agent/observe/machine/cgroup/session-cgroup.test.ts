import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import type { Life } from '../../../../../agent/model/state.ts';
import { groupBeside, ownGroup } from '../../../../../agent/observe/machine/cgroup/find.ts';
import { oomsOf, readOoms } from '../../../../../agent/observe/machine/cgroup/ooms.ts';
import { readGroup } from '../../../../../agent/observe/machine/cgroup/reading.ts';
import { bot, instance, lifeOf, pane, running } from '../../../model/sample.ts';
import { createKernel, groupFiles, unit } from './sample-cgroup.ts';

/** `bot` is `$1`; its one pane is pid 1001. */
const life: Life = lifeOf(running, bot);
const own = `${unit}/session-1`;

const setUp = (t: Test) => {
  const fake = createKernel(t.testdir());
  const groupOfPanes = (...paths: string[]) => {
    const panes = paths.map((_, i) => pane(i + 1));
    paths.forEach((path, i) => {
      fake.process(1001 + i, path);
    });
    return ownGroup({ ...life, panes }, fake.kernel);
  };
  return { ...fake, groupOfPanes, directory: join(fake.kernel.cgroup, own) };
};

t.test('the cgroup of a session is where all its panes are, and is its own', async (t) => {
  const { kernel, groupOfPanes, directory } = setUp(t);
  t.equal(ownGroup(life, kernel), null, 'its pane is gone');
  t.equal(groupOfPanes(own), directory);
  t.equal(groupOfPanes(own, own), directory);
  t.equal(groupOfPanes(own, `${unit}/session-2`), null, 'one was joined from another session');
  const panes = [pane(1), pane(2), pane(9)];
  groupOfPanes(own, own);
  t.equal(ownGroup({ ...life, panes }, kernel), directory, 'the program of one has ended');
  t.equal(groupOfPanes(`${unit}/session-2`), null, 'that of another session');
  t.equal(groupOfPanes(`${unit}/session-11`), null);
  t.equal(groupOfPanes(`${unit}/server`), null, 'that of the server');
  t.equal(groupOfPanes('/../../session-1'), null, 'outside of what is to be seen here');
  t.equal(ownGroup({ ...life, panes: [] }, kernel), null);
});

t.test('once the panes are gone, it is beside that of the server', async (t) => {
  const { kernel, process, directory } = setUp(t);
  t.equal(groupBeside(life, kernel), null, 'the server is gone too');
  process(instance.pid, `${unit}/server`);
  t.equal(groupBeside(life, kernel), directory);
  process(instance.pid, '/user.slice/session-3.scope');
  t.equal(groupBeside(life, kernel), null, 'nothing is delegated');
});

t.test('what is measured in it', async (t) => {
  const { group, directory } = setUp(t);
  group(own, groupFiles);
  group(unit, { 'memory.events.local': 'oom 4\noom_kill 0\n', 'memory.events': 'oom 6\n' });
  t.strictSame(readGroup(directory), {
    residentBytes: (40 + 4) * 2 ** 20,
    cpuMicroseconds: 2_500_000,
    cgroup: {
      ...{ memoryBytes: 60 * 2 ** 20, anonBytes: 40 * 2 ** 20, memoryMaxBytes: 64 * 2 ** 20 },
      ...{ tasks: 7, oomKills: 3, ownOoms: 2, unitOoms: 4 },
    },
  });
  group(dirname(unit), { 'memory.events.local': 'oom 1\n' });
  t.equal(readGroup(directory)?.cgroup.unitOoms, 5, 'and that of all owners together');
  group(own, { 'memory.max': 'max\n' });
  t.equal(readGroup(directory)?.cgroup.memoryMaxBytes, null);
});

t.test('a controller that is missing', async (t) => {
  const { group, directory } = setUp(t);
  t.equal(readGroup(directory), null, 'no such cgroup');
  for (const name of ['memory.current', 'memory.stat', 'memory.events']) {
    group(own, groupFiles);
    rmSync(join(directory, name));
    t.equal(readGroup(directory), null, `without ${name}, memory is not accounted for`);
  }
  group(own, groupFiles);
  for (const name of ['pids.current', 'cpu.stat', 'memory.max']) rmSync(join(directory, name));
  t.match(readGroup(directory), {
    cpuMicroseconds: 0,
    cgroup: { tasks: null, memoryMaxBytes: null, unitOoms: 0 },
  });
});

t.test('the kills in one that is about to go', async (t) => {
  const { kernel, process, group, directory } = setUp(t);
  process(instance.pid, `${unit}/server`);
  t.equal(oomsOf(life, kernel), null, 'it is gone');
  group(own, groupFiles);
  t.strictSame(readOoms(directory), { oomKills: 3, ownOoms: 2, unitOoms: 0 });
  t.strictSame(oomsOf(life, kernel), { oomKills: 3, ownOoms: 2, unitOoms: 0 });
  process(instance.pid, '/init.scope');
  t.equal(oomsOf(life, kernel), null);
});
