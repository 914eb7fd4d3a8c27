import { mkdirSync, writeFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { countOomKills } from '../../../../agent/observe/machine/oom-kills.ts';
import { createKernel } from './cgroup/sample-cgroup.ts';

const vmstat = 'thp_swpout 0\noom_kill 67\nnuma_pte_updates 0\n';

const kernelWith = (t: Test, files: { vmstat?: string; events?: string }) => {
  const { kernel, group } = createKernel(t.testdir());
  mkdirSync(kernel.proc, { recursive: true });
  if (files.vmstat) writeFileSync(`${kernel.proc}/vmstat`, files.vmstat);
  if (files.events) group('', { 'memory.events': files.events });
  return kernel;
};

t.test('of the whole machine', async (t) => {
  t.equal(countOomKills(kernelWith(t, { vmstat })), 67);
});

t.test('in a container only its own count', async (t) => {
  const events = 'low 0\nhigh 0\nmax 3\noom 1\noom_kill 2\noom_group_kill 0\n';
  t.equal(countOomKills(kernelWith(t, { vmstat, events })), 2);
});

t.test('a kernel that does not say has not killed nobody', async (t) => {
  t.equal(countOomKills(kernelWith(t, {})), null);
  t.equal(countOomKills(kernelWith(t, { vmstat: 'nr_free_pages 7\n' })), null);
  t.equal(countOomKills(kernelWith(t, { vmstat, events: 'low 0\n' })), 67);
});

t.test('this kernel says it to anybody', async (t) => {
  t.ok(Number.isInteger(countOomKills()));
});
