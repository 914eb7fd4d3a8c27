import type { CurrentMachine } from './current-machine.ts';
import type { Results } from './results.ts';
import { type Check, type Lab, Skip, type Suite } from './suite.ts';

export interface Surroundings extends Pick<Lab, 'controller' | 'progress'> {
  current: CurrentMachine;
  results: Results;
  say(text: string): void;
  /** The suites that failed, or whose machine is gone: what builds on them is not tried. */
  failed: Set<Suite>;
}

const shownConsoleLines = 25;
const readable = (value: number | string): string =>
  typeof value === 'string' ? value : `${Number(value.toFixed(2))}`;

type Verdict = 'passed' | 'failed' | 'skipped';

const runCheck = async (
  suite: Suite,
  check: Check,
  { current, results, say, ...lab }: Surroundings,
): Promise<Verdict> => {
  const machine = await current.take(false);
  const title = `${suite.name}: ${check.name}`;
  const measure = (name: string, value: number | string, unit = ''): void => {
    const text = `${readable(value)} ${unit}`.trim();
    results.measure(name, text);
    say(`        ${name}: ${text}`);
  };
  lab.progress(title);
  const began = performance.now();
  const took = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  try {
    await check.run({ ...lab, machine, measure });
    results.pass();
    say(`ok      ${title}  ${took()}`);
    return 'passed';
  } catch (error) {
    if (error instanceof Skip) {
      results.skip(error.message);
      say(`skipped ${title}  (${error.message})`);
      return 'skipped';
    }
    results.fail(title);
    const tail = machine.console().trimEnd().split('\n').slice(-shownConsoleLines);
    say(`FAILED  ${title}  ${took()}`);
    say(`${error instanceof Error ? (error.stack ?? error.message) : error}`);
    say(`the end of its console:\n${tail.join('\n')}`);
    return 'failed';
  }
};

/** Runs its checks in their order. Where a failure took the machine with it, the rest has failed too. */
export const runSuite = async (suite: Suite, surroundings: Surroundings): Promise<void> => {
  const { current, failed, results, say } = surroundings;
  const failRest = (rest: readonly Check[], why: string): void => {
    for (const { name } of rest) results.fail(`${suite.name}: ${name} (${why})`);
    if (rest.length > 0) say(`FAILED  ${suite.name}: ${rest.length} checks, ${why}`);
    failed.add(suite);
  };
  say(`== ${suite.name}`);
  if (suite.after && failed.has(suite.after)) {
    return failRest(suite.checks, `${suite.after.name} failed, or its machine is gone`);
  }
  try {
    await current.take(suite.fresh === true);
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}`);
    return failRest(suite.checks, 'no machine');
  }
  for (const [i, check] of suite.checks.entries()) {
    const verdict = await runCheck(suite, check, surroundings);
    if (verdict !== 'failed') continue;
    const isGone = !(await current.answers());
    if (check.essential) failed.add(suite);
    if (!isGone) continue;
    if (suite.after) failed.add(suite.after);
    return failRest(suite.checks.slice(i + 1), 'the machine does not answer');
  }
};
