import type { EvidenceLine } from '../../model/events/incident.ts';
import type { WitnessedCommand, WitnessedExit, WitnessedSignal } from '../../model/witnessed.ts';
import { killVerb, stopVerbs } from '../asked/manager-verbs.ts';
import type { Evidence } from '../evidence.ts';
import { line } from '../evidence-lines.ts';
import { whoIs } from '../naming.ts';
import { originOf } from '../origin.ts';
import { endsByDefault } from '../signals.ts';
import { endsSomething } from '../tmux-command/ending-command.ts';
import { readTmuxArguments } from '../tmux-command/tmux-arguments.ts';
import { signalLine } from '../witnessed/lines.ts';
import { natureOf } from '../witnessed/nature.ts';
import { isOurs } from '../witnessed/teller.ts';
import { isTold, type Told } from '../witnessed/told.ts';
import { withoutArguments } from './context-line.ts';

/** What a session does to its own programs goes on all the time. */
const isOwn = ({ sender, victim }: WitnessedSignal, evidence: Evidence): boolean => {
  const [from, to] = [originOf(sender, evidence), originOf(victim, evidence)];
  return from !== null && from.session === to?.session;
};

const isFromOutside = (event: WitnessedSignal, told: Told): boolean => {
  const nature = natureOf(event, told);
  return (
    (nature === 'sent' || nature === 'unit-stop') &&
    endsByDefault(event.signal) &&
    !isOwn(event, told)
  );
};

/** Of its command line only the names of commands are shown: those who read a verdict need not be those who ran it. */
const clientLine = ({ at, process: client }: WitnessedExit, told: Told): EvidenceLine[] => {
  const { commands } = readTmuxArguments(client.cmdline ?? '');
  const names = commands.filter(endsSomething).map(({ name }) => name);
  if (names.length === 0 || isOurs(client, told)) return [];
  const who = whoIs({ ...client, cmdline: null }, told);
  return [line(at, 'kernel', `${who} ran tmux ${names.slice(0, 3).join(', ')}`)];
};

/** What ends something, of the verbs that are shown; `isolate` ends units that it does not name. */
const endingVerb = new RegExp(` (${[...stopVerbs, killVerb, 'isolate'].join('|')})$`);

/** A command to the manager of units, which names theirs. */
const managerLine = (
  { at, process: begun }: WitnessedCommand,
  evidence: Evidence,
): EvidenceLine[] => {
  const ran = withoutArguments(begun.cmdline ?? '');
  const who = whoIs({ ...begun, cmdline: null }, evidence);
  return endingVerb.test(ran) ? [line(at, 'kernel', `${who} ran ${ran}`)] : [];
};

/**
 * Who was about to end things in the minute before, as the witness saw it: signals from outside to programs of that server, and
 * commands that end something in some tmux server or in their units. What was sent just before is evidence, and stands there.
 * @param actor pid of who is named already
 */
export const earlierLines = (evidence: Evidence, actor: number | null): EvidenceLine[] => {
  if (!isTold(evidence)) return [];
  const { earlier } = evidence;
  const signals = (earlier?.signals ?? [])
    .filter((event) => isFromOutside(event, evidence))
    .map((event) => signalLine(event, natureOf(event, evidence)));
  // What tmux is told ends no unit of systemd.
  const isOfUnits = evidence.deaths.some(({ unit }) => unit);
  const clients = [...(earlier?.clients ?? []), ...evidence.testimony.clients].filter(
    ({ process: client }) => client.pid !== actor && !isOfUnits,
  );
  const commands = (evidence.commands ?? []).filter(({ process: begun }) => begun.pid !== actor);
  return [
    ...signals,
    ...clients.flatMap((client) => clientLine(client, evidence)),
    ...commands.flatMap((command) => managerLine(command, evidence)),
  ];
};
