import { parseArgs } from 'node:util';
import { machineLine, thisMachine } from './machine.ts';
import { alerts } from './part/alerts.ts';
import { detection } from './part/detection.ts';
import { forecast } from './part/forecast.ts';
import { heartbeat } from './part/heartbeat.ts';
import { memory } from './part/memory.ts';
import { processor } from './part/processor.ts';
import { recovery } from './part/recovery.ts';
import { scrape } from './part/scrape.ts';
import { status } from './part/status.ts';
import { store } from './part/store.ts';
import { witness } from './part/witness.ts';
import type { Part } from './part.ts';
import { waitedSeconds } from './processes.ts';
import { createProgress } from './progress.ts';
import { isMissed, type Row } from './row.ts';
import { removeHomes } from './stack.ts';
import { noteLines, tableLines } from './table.ts';

const parts: readonly Part[] = [
  ...[
    detection,
    processor,
    memory,
    status,
    scrape,
    store,
    alerts,
    witness,
    heartbeat,
    forecast,
    recovery,
  ],
];

const usage = `usage: make bench ARGS="[--quick] [--json] [PART…]"

Measures, and prints each figure beside its budget. Without a name, all parts:
${parts.map(({ name, about }) => `  ${name.padEnd(10)}  ${about}`).join('\n')}

  --quick     fewer kills and shorter windows: a try-out
  --json      one object instead of the table`;

const { values, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !parts.some((part) => part.name === name));
if (values.help || unknown.length > 0) {
  for (const name of unknown) console.error(`there is no part ${name}`);
  console.error(usage);
  process.exit(unknown.length > 0 ? 64 : 0);
}

/** A part's figures, and how long tasks waited for a processor meanwhile: a share of its time. */
interface Outcome {
  part: string;
  rows: Row[];
  waited: number | null;
}

const progress = createProgress(process.stderr);

const measure = async (part: Part): Promise<Outcome> => {
  progress.say(`${part.name} …`);
  const began = performance.now();
  const before = waitedSeconds();
  const show = (text: string): void => progress.show(`${part.name}: ${text}`);
  const rows = await part.measure({ quick: values.quick, progress: show });
  const after = waitedSeconds();
  const seconds = (performance.now() - began) / 1000;
  const waited = before === null || after === null ? null : (after - before) / seconds;
  return { part: part.name, rows, waited };
};

process.once('SIGINT', () => {
  removeHomes();
  process.exit(130);
});

const chosen = parts.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const machine = thisMachine();
const outcomes: Outcome[] = [];
for (const part of chosen) outcomes.push(await measure(part));
progress.clear();

const waitedLine = ({ part, waited }: Outcome): string =>
  `${part}: ${waited === null ? 'not known' : `${Math.round(waited * 100)} %`}`;

if (values.json) {
  const { quick } = values;
  console.log(JSON.stringify({ schema: 1, at: Date.now(), quick, machine, outcomes }, null, 2));
} else {
  const rows = outcomes.flatMap((outcome) => outcome.rows);
  for (const line of tableLines(rows)) console.log(line);
  for (const line of noteLines(rows)) console.log(`\n${line}`);
  console.log(`\n${machineLine(machine)}`);
  console.log(
    `time in which something waited for a processor: ${outcomes.map(waitedLine).join(', ')}`,
  );
  const missed = rows.filter(isMissed).length;
  console.log(missed === 0 ? 'every budget is kept' : `budgets missed: ${missed}`);
}
process.exit();
