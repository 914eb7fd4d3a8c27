import type { Caller } from '../api/access.ts';
import type { State } from '../model/state.ts';
import { isInGroup, nameOfUser } from '../observe/machine/accounts.ts';
import type { Paths } from '../paths.ts';

export const operatorsGroup = 'holdfast-operators';
export const readersGroup = 'holdfast-readers';

const nobody: Caller = { uid: -1, isOperator: false, isReader: false, owner: null };

/** Below a home directory there is one user, and the mode of the socket keeps the others out. */
const atHome = (uid: number): Caller => ({ ...nobody, uid, isOperator: true });

const inSystem = (uid: number, state: State, isOwner: (user: string) => boolean): Caller => {
  if (uid < 0) return nobody;
  if (uid === 0 || uid === process.getuid?.()) return { ...nobody, uid, isOperator: true };
  const user = nameOfUser(uid);
  return {
    uid,
    isOperator: isInGroup(user, operatorsGroup),
    isReader: isInGroup(user, readersGroup),
    owner: Object.hasOwn(state.links, user) || isOwner(user) ? user : null,
  };
};

/** Tells who a user is to the agent: by the groups of the machine and the owners of the servers. */
export const createCallers =
  ({ system }: Paths, state: () => State) =>
  (uid: number): Caller => {
    if (!system) return atHome(uid);
    const owners = Object.values(state().servers).map(({ owner }) => owner);
    return inSystem(uid, state(), (user) => owners.includes(user));
  };
