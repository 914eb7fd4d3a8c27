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
  /** The sidecar that asks for people from afar. */
  isNotifier: boolean;
  /** An owner of sessions; his name. */
  owner: string | null;
}

/** People from afar ask through the notifier, which knows who of them may. */
export const mayActOnAll = ({ isOperator, isNotifier }: Caller): boolean =>
  isOperator || isNotifier;

/**
 * `read`: looks; `act`: on what belongs to an owner; `administer`: on everything; `notify`: what the notifier is there
 * for, and lives by.
 */
type Kind = 'read' | 'act' | 'administer' | 'notify';

const kinds: Readonly<Record<AgentMethod, Kind>> = {
  version: 'read',
  status: 'read',
  'events.read': 'read',
  'events.subscribe': 'read',
  incidents: 'read',
  incident: 'read',
  'screen.read': 'read',
  'alerts.list': 'read',
  'screen.capture': 'act',
  'session.start': 'act',
  'session.stop': 'act',
  'session.restart': 'act',
  'session.refresh': 'act',
  'session.send': 'act',
  'session.attach': 'act',
  // Whoever has it logs in as the bot.
  'bot.needs': 'act',
  'alert.acknowledge': 'act',
  'alert.silence': 'act',
  'alert.unsilence': 'act',
  'log.level': 'administer',
  'config.reload': 'administer',
  'alerts.test': 'administer',
  'pairing.begin': 'administer',
  'pairing.list': 'administer',
  'pairing.remove': 'administer',
  // Has addresses, and many an address is a secret.
  'alert.settings': 'notify',
  'notifier.attach': 'notify',
  'notifier.report': 'notify',
  'notifier.record': 'notify',
};

/** What people may ask for from afar: no keys, and nothing that would bring it more rights. */
const fromAfar: ReadonlySet<AgentMethod> = new Set([
  'screen.capture',
  'session.start',
  'session.stop',
  'session.restart',
  'bot.needs',
  'alert.acknowledge',
  'alert.silence',
  'alert.unsilence',
]);

export const isReading = (method: AgentMethod): boolean => kinds[method] === 'read';

const refusals: Readonly<Record<Kind, string>> = {
  read: 'only root, operators (group holdfast-operators) and owners of sessions may ask this agent',
  act: 'only root, operators (group holdfast-operators) and the owner of the session may do this',
  administer: 'only root and operators (group holdfast-operators) may do this',
  notify:
    'only root, operators (group holdfast-operators) and the notifier (user holdfast-notifier) may do this',
};

const mayAsNotifier = (method: AgentMethod): boolean =>
  kinds[method] === 'read' || kinds[method] === 'notify' || fromAfar.has(method);

/**
 * Owners of one machine see each other's sessions, and act on their own.
 * @param owners of everything the call may be about; null: nobody known, or everybody
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
    (caller.isNotifier && mayAsNotifier(method)) ||
    (kind === 'read' && (caller.isReader || isOwner)) ||
    (kind === 'act' && isOwner && owners.every((owner) => owner === caller.owner));
  if (!isAllowed) throw new RequestFailure('not-allowed', refusals[kind]);
};

/**
 * A subscriber with a name makes retention wait for it, days long, and the name may be that of a sidecar.
 * @throws RequestFailure `not-allowed`
 */
export const checkSubscriber = (
  { isOperator, isReader, isNotifier }: Caller,
  subscriber: string | undefined,
): void => {
  if (subscriber === undefined || isOperator || isReader || isNotifier) return;
  throw new RequestFailure(
    'not-allowed',
    'only root, operators (group holdfast-operators) and sidecars (group holdfast-readers) may let the log wait for them: leave out the name',
  );
};

/**
 * Who speaks for somebody else has to be one that knows him: the log would name whom anybody likes.
 * @throws RequestFailure `not-allowed`
 */
export const checkRemote = ({ isOperator, isNotifier }: Caller, remote: unknown): void => {
  if (remote === undefined || isOperator || isNotifier) return;
  throw new RequestFailure('not-allowed', `${refusals.notify}: leave out "remote"`);
};
