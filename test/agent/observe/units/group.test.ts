import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { createGroupWatches } from '../../../../agent/observe/units/group-watches.ts';
import { measureGroup } from '../../../../agent/observe/units/measure.ts';
import { watchGroup } from '../../../../agent/observe/units/watch-group.ts';

const cgroup = mkdtempSync(join(tmpdir(), 'hf-group-'));
t.teardown(() => rmSync(cgroup, { recursive: true }));
const group = '/system.slice/bot.service';
const path = join(cgroup, group);
mkdirSync(path, { recursive: true });

const write = (files: Record<string, string>): void => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
};

t.test('a change of cgroup.events is told', async (t) => {
  write({ 'cgroup.events': 'populated 1\n' });
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = watchGroup(cgroup, group, resolve);
  // The watch alone keeps no process running.
  const alive = setInterval(() => appendFileSync(join(path, 'cgroup.events'), 'frozen 0\n'), 20);
  await promise;
  clearInterval(alive);
  stop();
  watchGroup(cgroup, '/gone.service', () => t.fail('there is nothing to watch'))();
});

t.test('each run has a watch of its own, and none longer than it lasts', async (t) => {
  const steps: string[] = [];
  const { keep } = createGroupWatches(
    cgroup,
    (_, watched) => {
      steps.push(`watch ${watched}`);
      return () => steps.push(`stop ${watched}`);
    },
    () => undefined,
  );
  keep([{ run: '1', group }]);
  keep([{ run: '1', group }]);
  t.strictSame(steps.splice(0), [`watch ${group}`]);
  keep([{ run: '2', group }]);
  t.strictSame(steps.splice(0), [`stop ${group}`, `watch ${group}`]);
  keep([]);
  t.strictSame(steps, [`stop ${group}`]);
});

t.test('what a unit uses is what the kernel counts in its cgroup', async (t) => {
  const kernel = { proc: '/nowhere', cgroup };
  t.equal(measureGroup(kernel, group, null, 0), null, 'memory is not accounted for');
  write({
    ...{ 'memory.events': 'oom 0\noom_kill 0\n', 'memory.current': '4096\n' },
    ...{ 'memory.stat': 'anon 1000\nfile_mapped 24\n', 'cpu.stat': 'usage_usec 5000000\n' },
    ...{ 'pids.current': '3\n' },
  });
  const first = measureGroup(kernel, group, null, 1000);
  t.match(first?.usage, { rssBytes: 1024, cpu: 0, processes: 3, measured: 'exact' });
  write({ 'cpu.stat': 'usage_usec 5500000\n' });
  const second = measureGroup(kernel, group, first, 2000);
  t.equal(second?.usage.cpu, 0.5);
  t.equal(measureGroup(kernel, group, second, 2000)?.usage.cpu, 0, 'no time has passed');
  t.equal(measureGroup(kernel, null, null, 1000), null);
});
