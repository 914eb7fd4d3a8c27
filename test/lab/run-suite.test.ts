import t from 'tap';
import type { CurrentMachine } from './current-machine.ts';
import type { Machine } from './machine.ts';
import { createResults } from './results.ts';
import { runSuite } from './run-suite.ts';
import { type Check, Skip, type Suite } from './suite.ts';

/** Runs a suite of these checks on a machine that answers as often as `answers` says. */
const run = async (checks: Check[], answers: () => boolean = () => true) => {
  const [results, lines] = [createResults(), [] as string[]];
  const machine = { console: () => 'one\ntwo\n' } as unknown as Machine;
  const current = { take: async () => machine, answers: async () => answers() };
  const suite: Suite = { name: 'suite', about: 'this', checks };
  const failed = new Set<Suite>();
  await runSuite(suite, {
    current: current as unknown as CurrentMachine,
    results,
    failed,
    say: (text) => void lines.push(text),
    progress: () => {},
    controller: () => Promise.reject(new Error('none')),
  });
  return { summary: results.summary(), lines, failed: failed.size, ok: results.succeeded() };
};

/** Fails so many times. */
const failing = (name: string, times: number): Check => {
  let tries = 0;
  return {
    name,
    async run() {
      tries += 1;
      if (tries <= times) throw new Error(`${name} is not so`);
    },
  };
};

t.test('a check that fails once passes when tried again, and both are told', async (t) => {
  const { summary, lines, ok } = await run([failing('a', 1)]);
  t.ok(ok);
  t.same(summary.slice(0, 1), ['failed once, and passed when tried again: suite: a']);
  t.match(lines.join('\n'), /FAILED {2}suite: a.*a is not so.*again {3}suite: a.*ok {6}suite: a/s);
});

t.test('one that fails twice has failed, and what follows is tried', async (t) => {
  const { summary, lines, ok } = await run([failing('a', 2), failing('b', 0)]);
  t.notOk(ok);
  t.same(summary, ['FAILED  suite: a', 'skipped: 0 (none)', '1 passed, 1 failed']);
  t.match(lines.join('\n'), /the end of its console:\none\ntwo/);
});

t.test('a fourth check that fails once is red', async (t) => {
  const { summary, ok } = await run(['a', 'b', 'c', 'd'].map((name) => failing(name, 1)));
  t.notOk(ok);
  t.match(summary.at(-1), '3 passed, 1 failed');
});

t.test('nothing is tried on a machine that is gone', async (t) => {
  const { summary, failed } = await run([failing('a', 1), failing('b', 0)], () => false);
  t.match(summary, ['FAILED  suite: a', 'FAILED  suite: b (the machine does not answer)']);
  t.match(summary.at(-1), '0 passed, 2 failed');
  t.equal(failed, 1);
});

t.test('what cannot be tried is skipped, once', async (t) => {
  const skips: Check = { name: 'a', run: async () => Promise.reject(new Skip('no such thing')) };
  const { summary } = await run([skips]);
  t.same(summary, ['skipped: 1 (no such thing)', '0 passed, 0 failed']);
});

t.test('where an essential one fails, what builds on the suite is not tried', async (t) => {
  const { failed } = await run([{ ...failing('a', 2), essential: true }]);
  t.equal(failed, 1);
});
