import { jsonBytes } from '../../model/json-size.ts';

/** A tmux server that the link of `owner` found (`adopt: auto`). */
export interface FoundSocket {
  name: string;
  path: string;
  owner: string | null;
}

/** Longer than any path a socket can have (107 bytes, unix(7)), unless it is full of escapes. */
const maxPathBytes = 120;
/** Of one owner: his sockets must not hide those of the others. */
const maxFoundOfOwner = 16;

export const isWatchable = ({ path }: FoundSocket): boolean => jsonBytes(path) <= maxPathBytes;

/** Those known, which stay, and of those found what is new; a link may tell of others for ever. */
export const withFound = (
  known: readonly FoundSocket[],
  found: readonly FoundSocket[],
): FoundSocket[] => {
  const all = [...known];
  for (const socket of found.filter(isWatchable)) {
    const own = all.filter(({ owner }) => owner === socket.owner || owner === null);
    if (own.length >= maxFoundOfOwner || own.some(({ path }) => path === socket.path)) continue;
    all.push(socket);
  }
  return all;
};
