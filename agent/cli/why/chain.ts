import type { Actor } from '../../model/events/incident.ts';
import { commandName, programName } from '../../model/process-name.ts';
import { printable } from '../../model/text/printable.ts';
import { truncate, widthOf } from '../view/width.ts';

const partColumns = 24;

/** The separator of the chain is ours alone. */
const inChain = (text: string): string =>
  truncate(printable(text).replaceAll('>', '›').replace(/^-/, '').trim() || '?', partColumns);

/** PID 1 says nothing beside the unit it started, nor does the daemon the unit is named after. */
const ancestors = ({ unit, ancestry }: Actor): string[] => {
  const parts = ancestry
    .filter(({ pid }) => unit === null || pid !== 1)
    .map((process) => inChain(programName(process)));
  const stem = unit
    ?.split('/')
    .at(-1)
    ?.replace(/(@.*)?\.[a-z]+$/, '');
  while (stem !== undefined && parts.at(-1)?.toLowerCase() === stem) parts.pop();
  return parts.reverse();
};

const joined = (parts: readonly string[]): string => parts.join(' > ');

/**
 * What ran the actor, outermost first: `cron.service > sh -c … > cleanup.sh > pkill -f mux`. Printable.
 * Where `columns` are too few the middle goes. Null: nothing of it was seen.
 */
export const chainText = (actor: Actor, columns: number): string | null => {
  if (actor.unit === null && actor.ancestry.length === 0) return null;
  const before = [...(actor.unit === null ? [] : [inChain(actor.unit)]), ...ancestors(actor)];
  const [first = '', ...rest] = [...before, inChain(commandName(actor))];
  for (let from = 0; from < rest.length; from += 1) {
    const text = joined([first, ...(from > 0 ? ['…'] : []), ...rest.slice(from)]);
    if (widthOf(text) <= columns) return text;
  }
  return joined([first, ...(rest.length > 1 ? ['…'] : []), ...rest.slice(-1)]);
};
