import { userInfo } from 'node:os';

/** Whose process this is. A uid without an entry in the user database, as in a container, is named `uid-N`. */
export const currentUser = (): { uid: number; username: string } => {
  try {
    const { uid, username } = userInfo();
    return { uid, username };
  } catch {
    const uid = process.getuid?.() ?? -1;
    return { uid, username: `uid-${uid}` };
  }
};
