import type { Socket } from 'node:net';
import type { Speaker } from './speech.ts';

/** Each is a descriptor, and what waits in its buffer. */
const maxInAll = 512;

/** Of one owner of sessions, whatever uids his processes have (subuid(5)): others must find a place. */
const maxPerOwner = 256;

/** One session needs no more. */
const maxPerLife = 16;

/** The places at heartbeat.sock: whoever comes when they are taken goes, and those that speak stay. */
export const createPlaces = () => {
  const taken = new Map<Socket, Speaker>();
  const count = (isOne: (speaker: Speaker) => boolean): number =>
    [...taken.values()].filter(isOne).length;

  return {
    take(socket: Socket, speaker: Speaker): boolean {
      const { owner, life } = speaker;
      const isFree =
        taken.size < maxInAll &&
        count((one) => one.owner === owner) < maxPerOwner &&
        count((one) => one.life === life) < maxPerLife;
      if (!isFree) return false;
      taken.set(socket, speaker);
      socket.once('close', () => taken.delete(socket));
      return true;
    },
    taken: (): number => taken.size,
  };
};
