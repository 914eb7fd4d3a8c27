import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fill } from '../fleet.ts';
import { type Effort, type Part, usualSessions } from '../part.ts';
import { ascending, percentile, type Row } from '../row.ts';
import { type Stack, withStack } from '../stack.ts';

const run = promisify(execFile);

const holdfast = join(import.meta.dirname, '../../../bin/holdfast');

/** Times, ms, by hyperfine. */
const byHyperfine = async (home: string, runs: number): Promise<number[]> => {
  const file = join(home, 'hyperfine.json');
  const command = `'${holdfast}' status --home '${home}'`;
  const options = ['--shell=none', '--warmup=3', `--runs=${runs}`, `--export-json=${file}`];
  await run('hyperfine', [...options, command]);
  const { results } = JSON.parse(await readFile(file, 'utf8')) as {
    results: [{ times: number[] }];
  };
  return results[0].times.map((seconds) => seconds * 1000);
};

/** The same by ourselves, where there is no hyperfine. */
const byHand = async (home: string, runs: number): Promise<number[]> => {
  const times: number[] = [];
  for (let i = 0; i < runs + 3; i += 1) {
    const began = performance.now();
    await run(holdfast, ['status', '--home', home]);
    times.push(performance.now() - began);
  }
  return times.slice(3);
};

const hasHyperfine = (): Promise<boolean> =>
  run('hyperfine', ['--version']).then(
    () => true,
    () => false,
  );

const measureStatus = async ({ home }: Stack, runs: number): Promise<Row[]> => {
  const measure = (await hasHyperfine()) ? byHyperfine : byHand;
  const measured = percentile(ascending(await measure(home, runs)), 0.5);
  const what = `holdfast status, ${usualSessions} sessions, median`;
  return [{ what, budget: 120, measured, unit: 'ms' }];
};

export const status: Part = {
  name: 'status',
  about: `how long \`holdfast status\` takes at ${usualSessions} sessions`,
  measure: ({ quick, progress }: Effort) =>
    withStack(
      () => '',
      async (stack) => {
        progress('holdfast status');
        await fill(stack, usualSessions);
        return measureStatus(stack, quick ? 10 : 40);
      },
    ),
};
