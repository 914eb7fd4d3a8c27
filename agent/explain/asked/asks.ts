import { signalName } from '../signals.ts';
import type { LoginNames } from './ask-words.ts';
import { wordsOf } from './command-words.ts';
import { type ManagerCommand, managerCommand } from './manager-command.ts';
import { downVerbs, killVerb, nowVerbs, stopVerbs } from './manager-verbs.ts';
import { matchesWildcard } from './wildcard.ts';

/** Programs that take the machine down: systemd's shutdown(8) and halt(8). kexec(8) mostly only loads. */
const goingDown = new Set(['shutdown', 'reboot', 'poweroff', 'halt']);

/** systemctl(1): a name without a suffix is that of a service; `*` and `?` stand for others. */
const isNamed = (word: string, unit: string): boolean =>
  matchesWildcard(/\.[a-z]+$/.test(word) ? word : `${word}.service`, unit);

/** Whether a command asks the first systemd for this of one of these units, as systemctl(1) and service(8) are used. */
const asksFor = (
  isMeant: (asked: ManagerCommand) => boolean,
  command: string,
  units: readonly string[],
): boolean => {
  const asked = managerCommand(wordsOf(command));
  if (!asked || !isMeant(asked)) return false;
  return asked.names.some((name) => units.some((unit) => isNamed(name, unit)));
};

/** Whether a command asks for the end of one of these units. */
export const asksToStop = (command: string, units: readonly string[]): boolean =>
  asksFor(({ verb, now }) => stopVerbs.has(verb) || (now && nowVerbs.has(verb)), command, units);

/** Whether a command asks that a signal be sent to one of these units. */
export const asksToKill = (command: string, units: readonly string[]): boolean =>
  asksFor(({ verb }) => verb === killVerb, command, units);

/** Whether loginctl(1) is asked for this of one of these logins, or of one of these users. */
const asksOfLogin = (
  ofLogin: string,
  ofUser: string,
  command: string,
  { logins, users }: LoginNames,
): boolean => {
  const { program, words } = wordsOf(command);
  const [verb, ...named] = words.filter((word) => !word.startsWith('-'));
  if (program !== 'loginctl') return false;
  if (verb === ofLogin) return named.some((name) => logins.has(name));
  return verb === ofUser && named.some((name) => users.has(name));
};

/** Whether a command asks for the end of one of these logins. */
export const asksToEndLogin = (command: string, names: LoginNames): boolean =>
  asksOfLogin('terminate-session', 'terminate-user', command, names);

/** Whether a command asks that a signal be sent to all of one of these logins. */
export const asksToKillLogin = (command: string, names: LoginNames): boolean =>
  asksOfLogin('kill-session', 'kill-user', command, names);

/** Which signal such a command has sent: SIGTERM where it does not say (systemctl(1), loginctl(1)). */
export const signalAsked = (command: string): string => {
  const [, name = 'TERM'] =
    /(?:^|\s)(?:-s\s*|--signal[= ])(?:SIG)?([A-Z0-9+-]+)/i.exec(command) ?? [];
  return /^\d+$/.test(name) ? signalName(Number(name)) : `SIG${name.toUpperCase()}`;
};

/** `shutdown -c` takes back, and `-k` only warns. */
const isIdle = (word: string): boolean => /^-[a-zA-Z]*[ckw]|^--(help|wtmp-only|show)$/.test(word);

/** Whether a command asks for the end of the machine. */
export const asksToGoDown = (command: string): boolean => {
  const { program, words } = wordsOf(command);
  if (program === 'systemctl') {
    const verb = managerCommand({ program, words })?.verb;
    return downVerbs.some((down) => down === verb);
  }
  return goingDown.has(program) && !words.some(isIdle);
};
