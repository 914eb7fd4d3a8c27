import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t, { type Test } from 'tap';
import { emptySamples } from '../../../../agent/model/samples.ts';
import { newLife } from '../../../../agent/observe/machine/keep-samples.ts';
import { statOf } from '../../../../agent/observe/machine/procfs.ts';
import { createSampler } from '../../../../agent/observe/machine/sampler.ts';
import { after, birth, pane, running, started } from '../../model/sample.ts';
import { createKernel, groupFiles, unit } from './cgroup/sample-cgroup.ts';

const now = 1_000_000;

/** A session whose pane is a process of ours, in a cgroup of its own. */
const setUp = async (t: Test) => {
  const child = spawn('sleep', ['100'], { stdio: 'ignore' });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  const { kernel, process, group } = createKernel(t.testdir());
  const one = birth('bot', 5, { panes: [{ ...pane(5), pid: child.pid ?? 0 }] });
  const state = after(running, started(one));
  const samples = emptySamples();
  const sample = newLife(now);
  samples.lives.set(one.life, sample);
  process(child.pid ?? 0, `${unit}/session-5`);
  group(`${unit}/session-5`, groupFiles);
  const measure = createSampler((text) => text, kernel);
  return {
    ...{ sample, group },
    /** @param meanwhile as the measure begins to look at sessions */
    measure: (at: number, meanwhile = () => {}) =>
      measure(
        () => {
          meanwhile();
          return state;
        },
        samples,
        at,
      ),
    kill: () => {
      child.kill('SIGKILL');
      // Until its parent, which is busy here, could take it away.
      for (let i = 0; statOf(child.pid ?? 0)?.state !== 'Z' && i < 1e6; i += 1);
    },
    end: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

t.test('a session is measured by its processes and its cgroup', async (t) => {
  const { sample, measure } = await setUp(t);
  await measure(now);
  t.match(sample.usage, { at: now, processes: 1, measured: 'exact', cgroup: { oomKills: 3 } });
});

t.test('what its end leaves behind is no measure of it, unless that stays so', async (t) => {
  const { sample, measure, group, end } = await setUp(t);
  await measure(now);
  sample.foreground = 'node bot.js';
  await end();
  group(`${unit}/session-5`, { 'memory.events': 'oom 3\noom_kill 4\n' });
  await measure(now + 5000);
  t.match(sample.usage, { at: now, processes: 1, cgroup: { oomKills: 3 } });
  t.match(sample.recent, [{ at: now }]);
  t.equal(sample.recent.length, 1);
  t.equal(sample.foreground, 'node bot.js');
  await measure(now + 20_000);
  t.match(sample.usage, { at: now + 20_000, processes: 0, cgroup: { oomKills: 4 } });
  await measure(now + 21_000);
  t.match(sample.usage, { at: now + 21_000 }, 'a pane that is kept');
});

t.test('one that is killed while it is measured is not measured', async (t) => {
  const { sample, measure, group, kill } = await setUp(t);
  await measure(now);
  await measure(now + 5000, () => {
    kill();
    group(`${unit}/session-5`, { 'memory.events': 'oom 3\noom_kill 4\n' });
  });
  t.match(sample.usage, { at: now, cgroup: { oomKills: 3 } });
});

t.test('one that ends before it was measured has no measure', async (t) => {
  const { sample, measure, end } = await setUp(t);
  await end();
  await measure(now + 300);
  t.equal(sample.usage, null);
  await measure(now + 16_000);
  t.match(sample.usage, { processes: 0 });
});
