import type { Actor, Confidence, Verdict } from '../../model/events/incident.ts';
import { printable } from '../../model/text/printable.ts';
import type { Terminal } from '../frame/terminal.ts';
import { chainText } from './chain.ts';
import { hanging } from './hanging.ts';
import { everything, type Layout } from './layout.ts';
import { labelColumns } from './titled.ts';

const userText = ({ user, uid }: Actor): string => {
  if (uid === null) return user ?? 'a user not known';
  return user === null ? `uid ${uid}` : `${user} (uid ${uid})`;
};

/** Somebody half awake reads this line alone: it must not say more than the verdict. */
const doneTexts: Readonly<Record<Confidence, string>> = {
  certain: 'Done by',
  likely: 'Likely done by',
  possible: 'Possibly done by',
};

/** A process may have taken its name away. */
const nameText = (comm: string): string => printable(comm).trim() || 'a process without a name';

/** That of a process which ends is empty. */
const processText = ({ comm, cmdline }: Pick<Actor, 'comm' | 'cmdline'>): string =>
  cmdline || `${nameText(comm)}, whose command line was not seen`;

/** `Done by pkill (pid 4711), as deploy (uid 1000), from session web` */
const whoText = (actor: Actor, confidence: Confidence): string => {
  const done = doneTexts[confidence] ?? doneTexts.possible;
  const from = actor.session === null ? '' : `, from session ${actor.session}`;
  return `${done} ${nameText(actor.comm)} (pid ${actor.pid}), as ${userText(actor)}${from}`;
};

/** Each of those before it, for `--evidence`: the parent first, as in the record. */
const ancestryFacts = ({ unit, ancestry }: Actor): [string, string][] => [
  ['unit', unit ?? 'not known'],
  ...(ancestry.length === 0 ? [['run by', 'not known'] as [string, string]] : []),
  ...ancestry.map(({ pid, comm, cmdline }, i): [string, string] => [
    i === 0 ? 'run by' : 'run by that',
    `pid ${pid} ${nameText(comm)}: ${processText({ comm, cmdline })}`,
  ]),
];

/** Who brought the end about, as whom, and what ran it. */
export const actorLines = (
  { actor, confidence }: Pick<Verdict, 'actor' | 'confidence'>,
  width: number,
  layout: Layout,
  terminal: Terminal,
): string[] => {
  if (!actor) return [];
  const hang = (label: string, text: string): string[] =>
    hanging(label, text, width, terminal, layout.lines);
  const room = width - labelColumns - 2;
  const origin: [string, string][] =
    layout === everything
      ? ancestryFacts(actor)
      : [['run by', chainText(actor, room) ?? 'not known']];
  const facts: [string, string][] = [['command', processText(actor)], ...origin];
  return [
    ...hang('', whoText(actor, confidence)).map((line) => terminal.paint('bold', line)),
    ...facts.flatMap(([label, text]) => hang(`  ${label.padEnd(labelColumns)}`, text)),
  ];
};
