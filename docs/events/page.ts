import type { Rule } from '../../agent/explain/rule.ts';
import { maxEventBytes } from '../../agent/model/event.ts';
import type { Catalogue, Family } from './catalogue.ts';
import { eventSentences } from './event-sentences.ts';
import type { Field, Shape } from './shape.ts';
import { shapeSection, shapesOf } from './shapes.ts';
import { reasonMeanings } from './value-meanings.ts';
import { fieldLines, innerFields, kindText, type Links } from './wording.ts';

const introduction = (bytes: number): string[] => [
  '# Events',
  '',
  '<!-- Written by docs/generate-events.ts from agent/model/events/: change it there. -->',
  '',
  'Every observation, decision and action of Holdfast is an event. What Holdfast knows at any time is the fold of the',
  'events up to then.',
  '',
  'Four ways to read them:',
  '',
  '- `holdfast events --json` prints one event per line ([CLI.md](CLI.md#events)).',
  '- `events.subscribe` on agent.sock follows the log from a cursor (`agent/protocol/agent.ts`). An event comes once it is',
  '  stored; only while the disk takes nothing does it come before, marked `stored: false`. Keep its `run` with its `seq`',
  '  and give both when you subscribe again: after a power cut the numbers of lost events are given to others, and the agent',
  '  goes on from where that began (`agent/api/resume.ts`).',
  '- `log/lifecycle.log` below the home directory has one event per line, with a readable `time` before it: what happened',
  '  to agent, configuration, servers and sessions, incidents, and what was done. It leaves out `link.*`, `decision.*`,',
  '  `intent.*` and `log.*`.',
  '- `log/sessions/` has one file per session with the events that name it, written likewise, and its log lines.',
  '',
  'The first two give every event as it is stored. In the two files texts are redacted once more, and a line of type',
  '`log.gap` stands where lines had to be given up.',
  '',
  'Texts that come from sessions, screens and command lines are redacted before they are stored. They are still the',
  'words of strangers: print them only without control characters.',
  '',
  `An event is at most ${bytes / 1024} KiB of JSON. What does not fit is cut, and the record names what was cut.`,
];

const promise: string[] = [
  '## What will not change',
  '',
  'The types, their fields and the causes are a public contract:',
  '',
  '- Types, fields and values are added, never taken away, renamed or given another meaning.',
  '- A reader ignores fields, values and types that it does not know. The agent does so too: a log written by a newer',
  '  release can be read after a rollback.',
  '- Where an addition must be there in older events as well, it is added as they are read (`agent/store/upcast.ts`).',
  '- `v` changes only with the envelope itself.',
  '- `seq` alone orders events. Clocks jump, so `at` does not. It grows by one with each event; a hole is told as',
  '  `events.gap`.',
  '- Every release adds a log to `test/fixtures/logs/`, and the tests fold all of them.',
];

const example = {
  seq: 7,
  v: 1,
  at: 1795190000000,
  type: 'session.undeclared',
  trace: '4bf92f3577b34da6a3ce929d0e0e4736',
  data: { session: 'web' },
};

/** What the parameter of the envelope's type stands for. */
const plainKinds: Readonly<Record<string, Shape>> = {
  type: { kind: 'name', name: 'string' },
  data: { kind: 'object', fields: [] },
};

const plain = (field: Field): Field => ({ ...field, shape: plainKinds[field.name] ?? field.shape });

const envelope = ({ envelope: { doc, shape } }: Catalogue): string[] => [
  '## The envelope',
  '',
  doc,
  '',
  '```json',
  ...JSON.stringify(example, null, 2).split('\n'),
  '```',
  '',
  ...fieldLines(innerFields(shape).map(plain), 'EventOf', new Map()),
];

const sentencesOf = ({ name, doc }: Field): string => {
  const sentence = Object.entries(eventSentences).find(([type]) => type === name)?.[1];
  if (sentence === undefined) throw new Error(`docs/events/event-sentences.ts: ${name} is missing`);
  return doc === '' ? sentence : `${sentence} ${doc}`;
};

/** Named shapes by link, fields of its own below. */
const dataLines = ({ name, shape }: Field, links: Links): string[] => {
  const fields = fieldLines(innerFields(shape), name, links);
  const named = shape.kind === 'name' || shape.kind === 'all';
  const data = named ? [`Data: ${kindText(shape, links)}`] : [];
  return fields.length > 0 && named ? [...data, '', ...fields] : [...data, ...fields];
};

const eventSection = (event: Field, links: Links): string[] => [
  `### ${event.name}`,
  '',
  sentencesOf(event),
  '',
  ...dataLines(event, links),
  '',
];

const titleOf = (name: string): string => `${name.replace(/Events$/, '')} events`;

const familySection = ({ declaration, events }: Family, links: Links): string[] => [
  `## ${titleOf(declaration.name)}`,
  '',
  ...(declaration.doc === '' ? [] : [declaration.doc, '']),
  ...events.flatMap((event) => eventSection(event, links)),
];

const rulesSection = (rules: readonly Rule[]): string[] => [
  '## What this release can conclude',
  '',
  'The rules are asked in this order and the first that applies gives the verdict; its name is the last line of the',
  'evidence. They speak of signals, order, state and what others wrote down; none knows a program by its name, but for the',
  'services of systemd and the commands that ask it for something (`agent/explain/rules.ts`).',
  '',
  ...rules.map(({ name, sentence }, i) => `${i + 1}. \`${name}\`: ${sentence}`),
  '',
];

const reasonsSection: string[] = [
  '## Reasons of decisions',
  '',
  ...Object.entries(reasonMeanings).map(([reason, meaning]) => `- \`${reason}\`: ${meaning}`),
];

/**
 * The whole of docs/EVENTS.md.
 * @param unused causes that none of the rules gives
 * @throws Error naming what is not documented
 */
export const eventsPage = (
  catalogue: Catalogue,
  rules: readonly Rule[],
  unused: ReadonlySet<string>,
): string => {
  const shapes = shapesOf(catalogue);
  const links: Links = new Map(shapes.map(({ name }) => [name, name.toLowerCase()]));
  const lines = [
    ...introduction(maxEventBytes),
    '',
    ...promise,
    '',
    ...envelope(catalogue),
    '',
    ...catalogue.families.flatMap((family) => familySection(family, links)),
    '## Shapes and values',
    '',
    ...shapes.flatMap((shape) => shapeSection(shape, links, unused)),
    ...rulesSection(rules),
    ...reasonsSection,
  ];
  return `${lines.join('\n')}\n`;
};
