import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { commands } from '../../agent/cli/commands.ts';
import { jsonLine } from '../../agent/cli/frame/print-json.ts';
import { whyDocument } from '../../agent/cli/why/document.ts';
import { causes } from '../../agent/model/events/incident.ts';
import type { TraitKind } from '../../agent/model/pattern.ts';
import { deathOf, eventOf, noon, reportOf } from '../agent/cli/sample.ts';
import { witnessed } from '../agent/cli/why/sample-actor.ts';
import { patternOf } from '../agent/cli/why/sample-pattern.ts';
import { callsIn, wrongIn } from './commands.ts';
import { readMarkdown } from './markdown.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/CAUSES.md'), 'utf8');
const [, theCauses = '', patterns = '', asJson = ''] = page.split(
  /^## (?:The causes|Patterns|As JSON)$/m,
);

/** The text of each cause by its name, in their order. */
const sections = theCauses
  .split(/^### /m)
  .slice(1)
  .map((section) => {
    const [title = '', ...lines] = section.split('\n');
    return { cause: title.replaceAll('`', ''), text: lines.join('\n') };
  });

t.test('every cause has a section, and there is no other', async (t) => {
  t.same(
    sections.map(({ cause }) => cause),
    causes,
  );
});

t.test('each says what it means, how it is known, who it usually is, and what to do', async (t) => {
  for (const { cause, text } of sections) {
    const leads = [...text.matchAll(/^\*\*(.+?)\*\* \S/gm)].map(([, lead]) => lead);
    t.same(
      leads,
      ['What it means.', 'How Holdfast knows.', 'Usually.', 'What to do.'],
      `leads of ${cause}`,
    );
  }
});

t.test('each names a command that is there', async (t) => {
  for (const { cause, text } of sections) {
    const calls = readMarkdown(text).blocks.flatMap((block) =>
      block.text.split('\n').flatMap(callsIn),
    );
    t.not(calls.length, 0, cause);
    t.same(
      calls.map((call) => wrongIn(call, commands)).filter((wrong) => wrong !== null),
      [],
      cause,
    );
  }
});

/** What the table of traits says of each kind. */
const traitKinds: Readonly<Record<TraitKind, true>> = {
  ...{ 'time-of-day': true, interval: true, age: true, killer: true },
  ...{ packages: true, command: true, output: true, memory: true },
};

t.test('each kind of trait is in the table of patterns', async (t) => {
  const rows = [...patterns.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, kind]) => kind);
  t.same(rows, Object.keys(traitKinds));
});

/** The same names at every depth; of a list, those of its first. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
};

/** With something in every field. */
const fullReport = () => {
  const at = noon - 1000;
  const usageBefore = [{ at, rssBytes: 4096, cpu: 0.5 }];
  const preceded = [{ at, source: 'apt', text: 'apt ran' }];
  const report = reportOf(
    [deathOf('web', { others: [], usageBefore })],
    witnessed({ missing: [], preceded }),
  );
  const machine = { memoryTotalBytes: 8, memoryAvailableBytes: 4, cpuBusy: 0.5 };
  const machineBefore = [{ at, ...machine, pressure: { cpu: 1, memory: 2, io: 3 } }];
  const opening = { incident: '7', server: 'main', lives: [], sessions: [], machineBefore };
  const events = [eventOf(0, 'incident.opened', opening), ...report.events];
  return { ...report, events, preceded: ['CPU pressure 45 %'], pattern: patternOf() };
};

t.test(
  'the example of --json has the shape of what is printed, and each field is explained',
  async (t) => {
    const { blocks } = readMarkdown(asJson);
    const example = JSON.parse(blocks.find(({ language }) => language === 'json')?.text ?? '');
    const printed = JSON.parse(jsonLine(whyDocument(fullReport())));
    t.same(shapeOf(example), shapeOf({ ...printed, events: [] }));
    const cells = [...asJson.matchAll(/^\| (`.+?) \|/gm)].map(([, cell = '']) => cell).join();
    t.same(
      [...cells.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort(),
      Object.keys(printed).sort(),
    );
  },
);
