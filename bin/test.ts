import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { judgeCoverage } from './testing/coverage.ts';
import { followTap, type Results } from './testing/tap-stream.ts';

const usage = 'usage: bin/node bin/test.ts [--no-coverage] [FILE…]';
const root = join(import.meta.dirname, '..');

/** So many files of a whole run may fail once and pass when run alone. */
const mostSecondTries = 2;

const startTap = (coverage: boolean, files: string[]) =>
  spawn(
    process.execPath,
    [
      join(root, 'node_modules/tap/dist/esm/run.mjs'),
      '--reporter=tap',
      '--allow-empty-coverage',
      ...(coverage ? [] : ['--disable-coverage']),
      ...files,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );

const runTests = async (coverage: boolean, files: string[]): Promise<Results> => {
  const tap = startTap(coverage, files);
  const ended = once(tap, 'close');
  const results = await followTap(createInterface({ input: tap.stdout }), console.log);
  const [exitCode] = await ended;
  // tap knows failures that are no assertion: a file that crashed, for one.
  return exitCode === 0 ? results : { ...results, failed: Math.max(results.failed, 1) };
};

/** Whether so few files failed that the other files beside them, or a processor that stood still, may be why. */
const mayBeChance = ({ failedFiles }: Results, files: string[]): boolean =>
  files.length === 0 && failedFiles.length > 0 && failedFiles.length <= mostSecondTries;

/** Runs what failed once more, with nothing beside it, and says what passes then: its failure stays in the output. */
const tryAgain = async (first: Results): Promise<Results> => {
  console.log(`again   ${first.failedFiles.join(', ')}`);
  const { failed, failedFiles } = await runTests(false, first.failedFiles);
  for (const file of first.failedFiles) {
    if (!failedFiles.includes(file)) console.log(`failed once, and passed when run alone: ${file}`);
  }
  // What passed in them at first is counted already.
  return { ...first, failed, failedFiles };
};

/** Prints how much is covered; a run of a few files cannot be held to it. */
const coverageSuffices = (): boolean => {
  const { summary, shortfalls } = judgeCoverage(root);
  console.log(summary);
  for (const shortfall of shortfalls) console.log(`FAILED  coverage: ${shortfall}`);
  return shortfalls.length === 0;
};

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: { coverage: { type: 'boolean', default: true }, help: { type: 'boolean' } },
});

if (values.help) {
  console.log(usage);
} else {
  const first = await runTests(values.coverage, files);
  const suffices = !values.coverage || files.length > 0 || coverageSuffices();
  const results = mayBeChance(first, files) ? await tryAgain(first) : first;
  for (const file of results.failedFiles) console.log(`FAILED  ${file}`);
  const reasons = [...results.reasons].join('; ') || 'none';
  console.log(`skipped: ${results.skipped} (${reasons})`);
  // Too little coverage is one more failure, lest the last line looks green when the run is red.
  const failed = results.failed + (suffices ? 0 : 1);
  console.log(`${results.passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
