import type { Actor } from '../../model/events/incident.ts';
import { programName, scriptOf } from '../../model/process-name.ts';
import { quoted } from '../naming.ts';
import { outermost } from '../outermost.ts';

/** Pids, dates, numbers of logins and random parts of names: they vary where the killer is the same. */
const withoutNumbers = (text: string): string =>
  text.replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{6,}\b/gi, '#').replace(/\d+/g, '#');

/** Equal where the same did it: the command, what it runs in and what ran it. */
export const killerKey = (actor: Actor): string =>
  [
    withoutNumbers(actor.cmdline || actor.comm),
    withoutNumbers(actor.unit ?? ''),
    withoutNumbers(outermost(actor)?.comm ?? ''),
    actor.session ?? '',
  ].join('\0');

/** A name of others that is more than one plain word is quoted, and closes no quotation: it passes for no words of ours. */
export const nameText = (name: string): string =>
  /^[\w@][\w./:@+-]{0,39}$/.test(name) ? name : quoted(name.replaceAll('"', "'"), 40);

const whereText = (actor: Actor): string => {
  if (actor.session !== null) return `, from session ${nameText(actor.session)}`;
  if (actor.unit !== null) return ` (${nameText(actor.unit)})`;
  const first = outermost(actor);
  return first ? `, run by ${nameText(first.comm)}` : '';
};

/** What is further up runs other things as well. */
const nearest = 3;

/** `cleanup.sh (cron.service)`: the script it was part of, else its program. */
export const killerText = (actor: Actor): string => {
  const [script] = [actor, ...actor.ancestry]
    .slice(0, nearest)
    .flatMap((one) => scriptOf(one) ?? []);
  return nameText(script ?? programName(actor)) + whereText(actor);
};
