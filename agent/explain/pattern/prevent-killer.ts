import type { Actor } from '../../model/events/incident.ts';
import { outermost } from '../outermost.ts';
import { readTmuxArguments } from '../tmux-command/tmux-arguments.ts';
import { isLogin, nameBelowUser } from '../unit.ts';
import { commandWord } from './command-word.ts';
import { killerText, nameText } from './killer.ts';
import type { PastEnd } from './past-end.ts';

/** What a killer can have looked for: the command lines of the panes, or the server's own name. */
const victimsOf = ({ scope, death }: PastEnd): readonly string[] =>
  scope === 'server' || scope === 'host' ? ['tmux'] : (death?.programs ?? []);

const argumentsOf = ({ cmdline }: Actor): string[] =>
  (cmdline ?? '')
    .split(' ')
    .slice(1)
    .filter((word) => !/^(-.*|\d*|.)$/.test(word));

/**
 * The argument by which it found what died, where it is only a part of that command line. One that was given the whole of
 * it meant it, or has run it.
 */
const lookedFor = (actor: Actor, end: PastEnd): string | null => {
  const victims = victimsOf(end);
  if (victims.some((victim) => (actor.cmdline ?? '').includes(` ${victim}`) && victim !== 'tmux'))
    return null;
  return argumentsOf(actor).find((word) => victims.some((victim) => victim.includes(word))) ?? null;
};

/** A manager of user units is an ancestor of all that it runs; the first process is one of everything. */
const isOfUser = ({ ancestry }: Actor): boolean =>
  ancestry.some(({ pid, comm }) => pid !== 1 && comm === 'systemd');

interface Origin {
  /** `what cron.service runs` */
  where: string;
  /** The command that shows it; null: there is none. */
  look: string | null;
}

const ofUnit = (actor: Actor, unit: string): Origin => {
  const own = nameBelowUser(unit);
  const word = commandWord(own ?? unit);
  const manager = own !== null || isOfUser(actor) ? 'systemctl --user' : 'systemctl';
  const look = word === null ? null : `${manager} cat ${word}`;
  return { where: `what ${nameText(unit)} runs`, look };
};

const ofLogin = ({ user }: Actor): Origin => {
  const name = commandWord(user ?? '');
  return name === null
    ? { where: 'the scripts and jobs of that user', look: null }
    : { where: `the scripts and jobs of ${name}`, look: `crontab -l -u ${name}` };
};

/** What has to be mended is what ran it, seldom the command itself. */
const originOf = (actor: Actor): Origin => {
  const { session, unit } = actor;
  if (session !== null) return { where: `session ${nameText(session)}`, look: null };
  if (unit !== null) return isLogin(unit) ? ofLogin(actor) : ofUnit(actor, unit);
  const first = outermost(actor);
  return { where: first ? `what ${nameText(first.comm)} runs` : killerText(actor), look: null };
};

const inFull = 'holdfast why --evidence';

/** Against who sends signals: by what it looked for, and by what ran it. */
export const againstKiller = (actor: Actor, end: PastEnd): string => {
  const { where, look } = originOf(actor);
  const part = lookedFor(actor, end);
  if (part === null) return `let ${where} end only what it started: ${look ?? inFull}`;
  const word = commandWord(part);
  const matches = word === null ? inFull : `pgrep -af -- ${word}`;
  return `narrow ${nameText(part)} in ${where}: ${look ?? matches}`;
};

/** Against who gives commands to tmux. */
export const againstTmuxCommand = (actor: Actor, end: PastEnd): string => {
  const { where, look } = originOf(actor);
  const { commands } = readTmuxArguments(actor.cmdline ?? '');
  const endsServer = commands.some(({ name }) => name === 'kill-server');
  return endsServer && end.scope === 'server'
    ? `give ${where} a tmux server of its own: tmux -L NAME`
    : `let ${where} name the target of that tmux command (-t): ${look ?? inFull}`;
};
