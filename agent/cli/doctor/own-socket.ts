import { dirname } from 'node:path';
import type { Machine } from './machine.ts';

const above = (path: string): string[] => {
  const directory = dirname(path);
  return directory === path ? [] : [directory, ...above(directory)];
};

/**
 * A tmux client obeys its server, so we are one only of servers that are our own. Where a directory on the way is
 * somebody else's, he can put his own server in this place after we looked.
 */
export const isOwnSocket = ({ uid, ownerOf }: Machine, socket: string): boolean =>
  ownerOf(socket) === uid &&
  above(socket).every((directory) => [0, uid].includes(ownerOf(directory) ?? -1));
