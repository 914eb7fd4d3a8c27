import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Each generator of documents compares what is there with what it would write when given `--check`. */
const generators = readdirSync(join(root, 'docs')).filter((name) => /^generate-.*\.ts$/.test(name));

const checks: [name: string, command: string, ...args: string[]][] = [
  ['types', 'node_modules/.bin/tsc', '-p', '.'],
  ['lint and format', 'node_modules/.bin/biome', 'check', '--error-on-warnings'],
  ...generators.map((name): [string, string, ...string[]] => [
    `docs/${name}`,
    process.execPath,
    `docs/${name}`,
    '--check',
  ]),
];

const passes = ([name, command, ...args]: (typeof checks)[number]): boolean => {
  const run = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  const passed = run.status === 0;
  console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name}`);
  if (!passed) console.log(`${run.error ?? ''}${run.stdout}${run.stderr}`);
  return passed;
};

const failed = checks.filter((check) => !passes(check));
process.exitCode = failed.length > 0 ? 1 : 0;
