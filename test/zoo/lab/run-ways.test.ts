import t from 'tap';
import type { LabJob, LabRun } from './run-way.ts';
import { runWays } from './run-ways.ts';

const jobOf = (name: string): LabJob => ({
  ...{ matter: 'power', label: `${name}/lab/0` },
  way: { name, sentence: '', server: 'managed', run: () => Promise.reject(new Error('not here')) },
});

const runOf = ({ way }: LabJob, unmended: string | null): LabRun => ({
  outcome: { matter: 'power', way: way.name, server: 'managed', result: { broken: '' } },
  unmended,
});

const jobs = ['one', 'two', 'three', 'four', 'four'].map(jobOf);

t.test('all are run where all is mended', async (t) => {
  const done: number[] = [];
  const { outcomes, skipped, trouble } = await runWays(jobs, async (job, before) => {
    done.push(before);
    return runOf(job, null);
  });
  t.same(done, [0, 1, 2, 3, 4]);
  t.equal(outcomes.length, jobs.length);
  t.same({ skipped, trouble }, { skipped: [], trouble: null });
});

t.test('after one that was not mended the rest is not tried, and says why', async (t) => {
  const { outcomes, skipped, trouble } = await runWays(jobs, async (job) =>
    runOf(job, job.way.name === 'two' ? 'no login' : null),
  );
  t.same(
    outcomes.map(({ way }) => way),
    ['one', 'two'],
  );
  t.equal(trouble, 'the machine is not as before two/lab/0: no login');
  t.same(
    skipped,
    ['three', 'four'].map((way) => ({ way, because: trouble })),
  );
});
