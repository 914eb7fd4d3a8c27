import { readFileSync } from 'node:fs';

const lines = (path: string): string[][] => {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.split(':'));
  } catch {
    return [];
  }
};

/** The name of a user (passwd(5)); `uid-N` where the file has none, as in a container. */
export const nameOfUser = (uid: number, path = '/etc/passwd'): string =>
  lines(path).find(([, , id]) => id === String(uid))?.[0] ?? `uid-${uid}`;

/** Whether `user` is a member of `group` (group(5)). */
export const isInGroup = (user: string, group: string, path = '/etc/group'): boolean => {
  if (user === '') return false;
  const members = lines(path).find(([name]) => name === group)?.[3] ?? '';
  return members.split(',').includes(user);
};
