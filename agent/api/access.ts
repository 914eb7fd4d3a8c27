import { RequestFailure } from '../model/failure.ts';
import type { AgentMethod } from '../protocol/agent.ts';

/** Who asks, as far as it decides what he may. */
export interface Caller {
  /** By the kernel's word; -1 where it gives none. */
  uid: number;
  /** Root, the agent's own user, or an operator. */
  isOperator: boolean;
  /** A sidecar, which follows what happens and changes nothing. */
  isReader: boolean;
  /** An owner of sessions; his name. */
  owner: string | null;
}

/** `read`: looks; `act`: on one session; `administer`: on everything. */
type Kind = 'read' | 'act' | 'administer';

const kinds: Readonly<Record<AgentMethod, Kind>> = {
  version: 'read',
  status: 'read',
  'events.read': 'read',
  'events.subscribe': 'read',
  incidents: 'read',
  incident: 'read',
  'screen.read': 'read',
  'session.start': 'act',
  'session.stop': 'act',
  'session.restart': 'act',
  'session.send': 'act',
  'session.attach': 'act',
  'log.level': 'administer',
  'config.reload': 'administer',
};

export const isReading = (method: AgentMethod): boolean => kinds[method] === 'read';

const refusals: Readonly<Record<Kind, string>> = {
  read: 'only root, operators (group holdfast-operators) and owners of sessions may ask this agent',
  act: 'only root, operators (group holdfast-operators) and the owner of the session may do this',
  administer: 'only root and operators (group holdfast-operators) may do this',
};

/**
 * Owners of one machine see each other's sessions, and act on their own.
 * @param owners of every session the call may be about; null: nobody known
 * @throws RequestFailure `not-allowed`
 */
export const checkAccess = (
  method: AgentMethod,
  caller: Caller,
  owners: readonly (string | null)[],
): void => {
  const kind = kinds[method];
  const isOwner = caller.owner !== null;
  const isAllowed =
    caller.isOperator ||
    (kind === 'read' && (caller.isReader || isOwner)) ||
    (kind === 'act' && isOwner && owners.every((owner) => owner === caller.owner));
  if (!isAllowed) throw new RequestFailure('not-allowed', refusals[kind]);
};

/**
 * A subscriber with a name makes retention wait for it, days long, and the name may be that of a sidecar.
 * @throws RequestFailure `not-allowed`
 */
export const checkSubscriber = (
  { isOperator, isReader }: Caller,
  subscriber: string | undefined,
): void => {
  if (subscriber === undefined || isOperator || isReader) return;
  throw new RequestFailure(
    'not-allowed',
    'only root, operators (group holdfast-operators) and sidecars (group holdfast-readers) may let the log wait for them: leave out the name',
  );
};
