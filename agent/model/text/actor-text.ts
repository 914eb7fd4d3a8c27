import type { Actor, Confidence, Verdict } from '../events/incident.ts';
import { commandName, programName } from '../process-name.ts';
import { type Headline, headlineOf, type Name } from './headline.ts';
import { printable } from './printable.ts';

/** UTF-16 units: it is one line on a phone, or two. */
const most = { command: 120, program: 40, place: 80 };

const without = 'a process without a name';

/** A name of others. Half a character at the cut is left out, because it is not printable. */
const nameOf = (text: string, length: number): Name => {
  const shown = printable(text).trim();
  return { name: shown.length > length ? `${printable(shown.slice(0, length - 1))}…` : shown };
};

const processOf = (text: string, length: number): Headline => {
  const name = nameOf(text, length);
  return name.name === '' ? [without] : [name];
};

/** It must not say more than the verdict. */
const doneTexts: Readonly<Record<Confidence, string>> = {
  certain: 'by ',
  likely: 'likely by ',
  possible: 'possibly by ',
};

/** PID 1 says nothing beside the unit it started. */
const parentOf = ({ ancestry, unit }: Actor): Headline => {
  const [parent] = ancestry;
  if (!parent || (parent.pid === 1 && unit !== null)) return [];
  return [', run by ', ...processOf(programName(parent).replace(/^-/, ''), most.program)];
};

/** A session of ours says more than the unit its server is in. */
const placeOf = ({ session, unit }: Actor): Headline => {
  if (session !== null) return headlineOf`, from session ${nameOf(session, most.place)}`;
  return unit === null ? [] : headlineOf`, ${nameOf(unit, most.place)}`;
};

/** `by pkill -f mux (pid 4711), run by cleanup.sh, cron.service`, and what of it is a name; null: nobody is named. */
export const actorHeadline = ({
  actor,
  confidence,
}: Pick<Verdict, 'actor' | 'confidence'>): Headline | null => {
  if (!actor) return null;
  return [
    doneTexts[confidence] ?? doneTexts.possible,
    ...processOf(commandName(actor), most.command),
    ` (pid ${actor.pid})`,
    ...parentOf(actor),
    ...placeOf(actor),
  ];
};
