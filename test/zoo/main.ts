import { parseArgs } from 'node:util';
import { machineLine, thisMachine } from '../bench/machine.ts';
import { createProgress } from '../bench/progress.ts';
import type { Arena } from './ground/arena.ts';
import { obstacleTo } from './ground/needs.ts';
import { jobsFor, unknownNames } from './jobs.ts';
import { runJobs } from './run.ts';
import { hasFailed, noteLines, summaryLines, tableLines } from './table.ts';
import { matters } from './ways.ts';

const usage = `usage: make zoo ARGS="[--only NAME…] [--repeat N] [--seed N] [--without-tracing] [--json]"

Kills sessions in every way there is, and prints what Holdfast says of it beside what happened.

  --only NAME…        these ways, or all of a matter: ${Object.keys(matters).join(', ')}
  --list              say which ways there are, and run none
  --repeat N          each so many times
  --seed N            the names of an earlier run again, which it printed
  --without-tracing   do not ask the kernel who sends signals, even where that is possible
  --json              one object instead of the table

Ends with status 1 if something wrong was said with confidence, or if a way could not be judged.`;

const { values, positionals } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    repeat: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    'without-tracing': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
  allowPositionals: true,
});

const only = [...values.only, ...positionals];
const repeat = Number(values.repeat);
const seed = Number(values.seed);
const mistakes = [
  ...(positionals.length > 0 && values.only.length === 0 ? ['names come after --only'] : []),
  ...unknownNames(matters, only).map((name) => `there is no way and no matter ${name}`),
  ...(Number.isInteger(repeat) && repeat > 0 ? [] : ['--repeat takes a whole number above 0']),
  ...(Number.isInteger(seed) ? [] : ['--seed takes a whole number']),
];
if (values.help || mistakes.length > 0) {
  for (const mistake of mistakes) console.error(mistake);
  console.error(usage);
  process.exit(mistakes.length > 0 ? 64 : 0);
}

const all = jobsFor(matters, only, repeat);

if (values.list) {
  const ways = new Map(all.map(({ way, matter }) => [way.name, { ...way, matter }]));
  for (const way of ways.values()) {
    const obstacle = obstacleTo(way);
    const not = obstacle === null ? '' : ` Not here: ${obstacle}.`;
    console.log(`${way.matter.padEnd(14)} ${way.name.padEnd(28)} ${way.sentence}${not}`);
  }
  process.exit();
}

const progress = createProgress(process.stderr);
const jobs = all.filter(({ way }) => obstacleTo(way) === null);
const skipped = all.flatMap(({ way }) => {
  const because = obstacleTo(way);
  return because === null ? [] : [{ way: way.name, because }];
});
let open: Arena | null = null;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void open?.close().finally(() => process.exit(130)));
}

progress.say(`seed ${seed}, ${jobs.length} runs …`);
const began = performance.now();
const { traced, outcomes } = await runJobs(jobs, {
  ...{ seed, tracing: !values['without-tracing'] },
  onBegin: ({ label }, done) => progress.show(`${done} of ${jobs.length}: ${label}`),
  onBroken: ({ label }, why) => progress.say(`${label} is broken: ${why}`),
  onOpen: (arena) => {
    open = arena;
  },
});
const seconds = Math.round((performance.now() - began) / 1000);
progress.clear();

const machine = thisMachine();
if (values.json) {
  const report = { schema: 1, at: Date.now(), seed, traced, seconds, machine, outcomes, skipped };
  console.log(JSON.stringify(report, null, 2));
} else {
  for (const line of tableLines(outcomes)) console.log(line);
  console.log('');
  for (const line of noteLines(outcomes, skipped)) console.log(line);
  console.log('');
  for (const line of summaryLines(outcomes)) console.log(line);
  console.log(`the kernel ${traced ? 'was' : 'was not'} asked who sends signals`);
  console.log(`seed ${seed}, ${jobs.length} runs in ${seconds} s, ${machineLine(machine)}`);
}
process.exit(hasFailed(outcomes) ? 1 : 0);
