import { parseArgs } from 'node:util';
import { createProgress } from '../bench/progress.ts';
import { createCurrentMachine } from './current-machine.ts';
import { prepareGround } from './ground.ts';
import { findObstacle } from './obstacle.ts';
import { createResults } from './results.ts';
import { runSuite } from './run-suite.ts';
import { choose, type Suite } from './suite.ts';
import { suites as all } from './suites.ts';

const usage = `usage: make lab ARGS="[--usual] [SUITE…]"

Boots a virtual machine and tries everything on it. Without a name, all suites; with --usual, those
that do not take long:
${all.map(({ name, about, long }) => `  ${name.padEnd(10)}  ${about}${long ? ' (long)' : ''}`).join('\n')}`;

const { values, positionals } = parseArgs({
  options: { help: { type: 'boolean' }, usual: { type: 'boolean' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !all.some((suite) => suite.name === name));
if (values.help || unknown.length > 0) {
  for (const name of unknown) console.error(`there is no suite ${name}`);
  console.error(usage);
  process.exit(unknown.length > 0 ? 64 : 0);
}

const progress = createProgress(process.stderr);
const say = (text: string): void => {
  progress.clear();
  console.log(text);
};
// What has to end with the process ends in its `exit` handlers.
process.once('SIGHUP', () => process.exit(129));
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const results = createResults();
const [suites, left] = choose(all, positionals, values.usual === true);
for (const { name, checks } of left) {
  results.leaveOut(`the suite ${name} takes long; make lab runs it`, checks.length);
}

const runAll = async (): Promise<void> => {
  const ground = await prepareGround(say);
  const current = createCurrentMachine(ground, results);
  const failed = new Set<Suite>();
  try {
    for (const suite of suites) {
      const { controller } = ground;
      await runSuite(suite, { current, failed, results, say, controller, progress: progress.show });
    }
  } finally {
    await current.close();
  }
  const { boots, retries } = current.counts();
  results.measure('boots', `${boots}, of which ${retries} failed and were tried again`);
};

const obstacle = findObstacle();
if (obstacle === null) {
  await runAll().catch((error: unknown) => {
    say(`${error instanceof Error ? error.stack : error}`);
    results.fail('the lab itself');
  });
} else {
  const checks = suites.reduce((count, suite) => count + suite.checks.length, 0);
  say(`the lab cannot run: ${obstacle}`);
  results.skip(obstacle, checks);
}

progress.clear();
const table = results.table();
if (table.length > 0) console.log(`\nmeasured\n${table.map((line) => `  ${line}`).join('\n')}`);
for (const line of results.summary()) console.log(line);
process.exit(results.succeeded() ? 0 : 1);
