import type { Caller } from '../api/access.ts';
import { hadLink } from '../model/owners.ts';
import type { State } from '../model/state.ts';
import { isInGroup, nameOfUser } from '../observe/machine/accounts.ts';
import type { Paths } from '../paths.ts';

export const operatorsGroup = 'holdfast-operators';
export const readersGroup = 'holdfast-readers';
export const notifierUser = 'holdfast-notifier';

export interface CallersPorts {
  state(): State;
  /** The owners of the servers in the configuration; null: a server that names none. */
  named(): readonly (string | null)[];
  /** Whether the link of a user is connected. */
  hasLink(user: string): boolean;
  now(): number;
  /** Default: as passwd(5) has it. */
  nameOf?(uid: number): string;
}

const nobody: Caller = {
  uid: -1,
  isOperator: false,
  isReader: false,
  isNotifier: false,
  owner: null,
};

/** Below a home directory there is one user, and the mode of the socket keeps the others out. */
const atHome = (uid: number): Caller => ({
  ...nobody,
  uid,
  isOperator: true,
  isNotifier: true,
});

/** Not whoever was one once: without a link, and a name in the configuration, he sees nothing any more. */
const isOwner = (user: string, { state, named, hasLink, now }: CallersPorts): boolean =>
  named().includes(user) || hasLink(user) || hadLink(state(), user, now());

const inSystem = (uid: number, ports: CallersPorts): Caller => {
  if (uid < 0) return nobody;
  if (uid === 0 || uid === process.getuid?.()) return { ...nobody, uid, isOperator: true };
  const { nameOf = nameOfUser } = ports;
  const user = nameOf(uid);
  return {
    uid,
    isOperator: isInGroup(user, operatorsGroup),
    isReader: isInGroup(user, readersGroup),
    isNotifier: user === notifierUser,
    owner: isOwner(user, ports) ? user : null,
  };
};

/** Tells who a user is to the agent: by the groups of the machine, the configuration, and the links. */
export const createCallers =
  ({ system }: Pick<Paths, 'system'>, ports: CallersPorts) =>
  (uid: number): Caller =>
    system ? inSystem(uid, ports) : atHome(uid);
