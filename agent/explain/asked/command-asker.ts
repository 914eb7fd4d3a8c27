import type { WitnessedCommand } from '../../model/witnessed.ts';
import { actorOf } from '../actor.ts';
import type { Evidence } from '../evidence.ts';
import { line } from '../evidence-lines.ts';
import { processName, whoIs } from '../naming.ts';
import { type Asker, allowances, isManageUnits, mayAskFor, rootCommands } from './asker.ts';

/** Who asked by a command that the kernel told of as it began. */
export interface CommandAsker extends Asker {
  /** That he may do such a thing was seen. */
  isSure: boolean;
}

interface Asking {
  at: number;
  isAsking(command: string): boolean;
  /** A user who may ask for it though he is not root. */
  isOwner?(uid: number): boolean;
}

type Trust = 'sure' | 'unsure' | 'none';

const isAllowed = (uid: number, evidence: Evidence, { at, isAsking }: Asking): boolean => {
  const user = evidence.users?.[uid];
  return allowances(evidence, at, isAsking, isManageUnits).some(({ owner }) => owner === user);
};

const isBySudo = (evidence: Evidence, { at, isAsking }: Asking): boolean =>
  rootCommands(evidence, at, isAsking).length > 0;

/**
 * Anybody may run a command. Root is obeyed, and whom polkit allows. Of a process that is gone by now the user is that of
 * its parent, which sudo's own children have not: of a login that is not root's, sudo has to say so too.
 */
const trustIn = ({ process: who }: WitnessedCommand, evidence: Evidence, asking: Asking): Trust => {
  const { uid, loginUid } = who;
  if (uid !== null && uid > 0) {
    return asking.isOwner?.(uid) || isAllowed(uid, evidence, asking) ? 'sure' : 'none';
  }
  if (loginUid !== null && loginUid > 0) return isBySudo(evidence, asking) ? 'sure' : 'unsure';
  return uid === 0 || loginUid === 0 ? 'sure' : 'unsure';
};

const askerBy = (
  { at, process: who }: WitnessedCommand,
  isSure: boolean,
  evidence: Evidence,
): CommandAsker => ({
  text: whoIs(who, evidence),
  actor: actorOf(who, evidence),
  line: line(at, 'kernel', `${processName(who)} began`),
  isSure,
});

/** Who began a command that asks for it just before, and is obeyed; of two it is nobody. Who is not sure is in nobody's way. */
export const commandAsker = (evidence: Evidence, asking: Asking): CommandAsker | null => {
  const isNear = mayAskFor(asking.at);
  const commands = (evidence.commands ?? []).filter(
    ({ at, process: { cmdline } }) => isNear({ at }) && asking.isAsking(cmdline ?? ''),
  );
  const by = (trust: Trust): WitnessedCommand[] =>
    commands.filter((command) => trustIn(command, evidence, asking) === trust);
  const sure = by('sure');
  const [one, ...others] = sure.length > 0 ? sure : by('unsure');
  return one && others.length === 0 ? askerBy(one, sure.length > 0, evidence) : null;
};
