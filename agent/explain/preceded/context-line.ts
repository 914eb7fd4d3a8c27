import type { EvidenceLine } from '../../model/events/incident.ts';
import type { SourceFact } from '../../model/source-fact.ts';
import { wordsOf } from '../asked/command-words.ts';
import { downVerbs, killVerb, stopVerbs } from '../asked/manager-verbs.ts';
import { line } from '../evidence-lines.ts';
import { shortened } from '../naming.ts';
import { factLine } from '../written/facts.ts';

/** Programs whose first plain word says what they do. */
const withVerb = new Set([
  'systemctl',
  'apt',
  'apt-get',
  'aptitude',
  'dnf',
  'yum',
  'zypper',
  'snap',
]);

/** Only words of this list are shown, which are the usual ones: any other may be the value of an option. */
const verbs = new Set([
  ...[...stopVerbs, killVerb, 'isolate', ...downVerbs, 'suspend', 'hibernate', 'start', 'reload'],
  ...['enable', 'disable', 'mask', 'unmask', 'daemon-reload', 'daemon-reexec', 'status', 'show'],
  ...['install', 'reinstall', 'remove', 'purge', 'autoremove', 'update', 'upgrade', 'refresh'],
  ...['full-upgrade', 'dist-upgrade', 'safe-upgrade', 'downgrade'],
]);

/** `systemctl stop`, `node`: of a command what it was, without what it was told. */
export const withoutArguments = (command: string): string => {
  const { program, words } = wordsOf(command);
  const verb = words.find((word) => !word.startsWith('-')) ?? '';
  const name = program === '' ? 'a program' : shortened(program, 40);
  return withVerb.has(program) && verbs.has(verb) ? `${name} ${verb}` : name;
};

/**
 * A fact beside what led to an end. Those who read a verdict need not be those who ran these commands, whose
 * arguments may be anything: a command line as a whole is shown only of one who asked for the end.
 */
export const contextLine = (fact: SourceFact): EvidenceLine => {
  if (fact.kind === 'run-as') {
    const { uid, command, asUser } = fact;
    const text = `uid ${uid} ran ${withoutArguments(command)} as ${shortened(asUser, 40)}`;
    return line(fact.at, fact.source, text);
  }
  if (fact.kind === 'authorization') {
    const { owner, granted, action, command } = fact;
    const text = `${shortened(owner, 40)} was ${granted ? 'allowed' : 'refused'} ${shortened(action, 80)}: ${withoutArguments(command)}`;
    return line(fact.at, fact.source, text);
  }
  return factLine(fact);
};
