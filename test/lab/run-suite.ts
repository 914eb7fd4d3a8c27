import { runCheck, type Surroundings } from './run-check.ts';
import type { Suite } from './suite.ts';

interface SuiteSurroundings extends Surroundings {
  /** The suites that failed, or whose machine is gone: what builds on them is not tried. */
  failed: Set<Suite>;
}

/** Runs its checks in their order. Where a failure took the machine with it, the rest has failed too. */
export const runSuite = async (suite: Suite, surroundings: SuiteSurroundings): Promise<void> => {
  const { current, failed, results, say } = surroundings;
  const failRest = (rest: readonly Suite['checks'][number][], why: string): void => {
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
    const verdict = await runCheck(`${suite.name}: ${check.name}`, check, surroundings);
    if (check.essential && (verdict === 'failed' || verdict === 'gone')) failed.add(suite);
    if (verdict !== 'gone') continue;
    if (suite.after) failed.add(suite.after);
    return failRest(suite.checks.slice(i + 1), 'the machine does not answer');
  }
};
