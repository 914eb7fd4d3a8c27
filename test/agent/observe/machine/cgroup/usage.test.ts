import { rmSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { createGroupReader } from '../../../../../agent/observe/machine/cgroup/usage.ts';
import { birth, bot, lifeOf, pane, running, work } from '../../../model/sample.ts';
import { createKernel, groupFiles, unit } from './sample-cgroup.ts';

const own = `${unit}/session-1`;
const lives = [lifeOf(running, bot), lifeOf(running, work)];

/** `bot` has a cgroup of its own, `work` has none. */
const setUp = (t: Test) => {
  const fake = createKernel(t.testdir());
  fake.process(1001, own);
  fake.process(1002, `${unit}/server`);
  fake.group(own, groupFiles);
  const used = (microseconds: number) =>
    fake.group(own, { 'cpu.stat': `usage_usec ${microseconds}\n` });
  return { ...fake, used, read: createGroupReader(fake.kernel) };
};

t.test('only sessions with a cgroup of their own are measured', async (t) => {
  const { read } = setUp(t);
  const found = await read(lives, 1000);
  t.strictSame([...found.keys()], [bot.life]);
  t.match(found.get(bot.life), { residentBytes: 44 * 2 ** 20, cgroup: { tasks: 7 } });
  t.equal((await read([], 2000)).size, 0);
});

t.test('processor use is what was used since the measure before', async (t) => {
  const { read, used } = setUp(t);
  const cpu = async (at: number) => (await read(lives, at)).get(bot.life)?.cpu;
  t.equal(await cpu(10_000), 0, 'the first has nothing to compare with');
  used(2_500_000 + 1_500_000);
  t.equal(await cpu(12_000), 0.75);
  t.equal(await cpu(14_000), 0);
  used(8_000_000);
  t.equal(await cpu(15_000), 4, 'on several processors');
  used(8_000_001);
  t.equal(await cpu(15_000), 0, 'no time has passed');
  t.equal(await cpu(9000), 0, 'the clock was set back');
  used(10);
  t.equal(await cpu(16_000), 0, 'a cgroup that was made anew');
});

t.test('one that was away begins anew', async (t) => {
  const { kernel, read, group, used } = setUp(t);
  await read(lives, 1000);
  rmSync(join(kernel.cgroup, own), { recursive: true });
  t.equal((await read(lives, 2000)).size, 0);
  group(own, groupFiles);
  used(9_000_000);
  t.equal((await read(lives, 3000)).get(bot.life)?.cpu, 0);
});

t.test('others have their turn while many are read', async (t) => {
  const { kernel, process, group } = setUp(t);
  const many = Array.from({ length: 25 }, (_, i) => {
    const n = 100 + i;
    process(1000 + n, `${unit}/session-${n}`);
    group(`${unit}/session-${n}`, groupFiles);
    return { ...birth(`s${n}`, n, { panes: [pane(n)] }), supervisedSince: 0 };
  });
  let turns = 0;
  let isDone = false;
  const takeTurn = (): void => {
    turns += 1;
    if (!isDone) setImmediate(takeTurn);
  };
  setImmediate(takeTurn);
  const found = await createGroupReader(kernel)(many, 1000);
  isDone = true;
  t.equal(found.size, 25);
  t.ok(turns >= 2, `${turns} turns`);
});
