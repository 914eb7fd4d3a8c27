import type { Socket } from 'node:net';

/** More links than owners of sessions on one machine. */
const maxLinks = 16;

/** The one there is, the one that takes its place, and one more: an owner must not keep out the links of others. */
const maxPerUser = 3;

/**
 * The places at link.sock. Each user has few; where all are taken, whoever has more than the newcomer's user gives up
 * one that is not his link, so that as many owners have a link as there are places.
 */
export const createPlaces = (limit = maxLinks, perUser = maxPerUser) => {
  /** Whose connection it is, by uid, the oldest first. */
  const taken = new Map<Socket, number>();
  /** The one link of each user that is believed, by uid. */
  const believed = new Map<number, Socket>();

  const of = (uid: number): number => [...taken.values()].filter((user) => user === uid).length;

  /** Null where nobody has more than one over `own`: two would only push each other out. */
  const toLeave = (own: number): Socket | null => {
    const spare = [...taken].filter(
      ([socket, uid]) => believed.get(uid) !== socket && of(uid) > own + 1,
    );
    const [most] = spare.sort(([, one], [, other]) => of(other) - of(one));
    return most?.[0] ?? null;
  };

  const hasRoom = (uid: number): boolean => {
    const own = of(uid);
    if (own >= perUser) return false;
    if (taken.size < limit) return true;
    const leaving = toLeave(own);
    if (!leaving) return false;
    taken.delete(leaving);
    leaving.destroy();
    return true;
  };

  return {
    /** False where there is none: the socket is closed then. */
    take(socket: Socket, uid: number): boolean {
      if (!hasRoom(uid)) {
        socket.destroy();
        return false;
      }
      taken.set(socket, uid);
      socket.once('close', () => taken.delete(socket));
      return true;
    },
    isBelieved: (socket: Socket, uid: number): boolean => believed.get(uid) === socket,
    /** It takes the place of the last one, which goes: two at once would contradict each other, and the real one dials again. */
    believe(socket: Socket, uid: number): void {
      const before = believed.get(uid);
      believed.set(uid, socket);
      if (before !== socket) before?.destroy();
    },
  };
};

export type Places = ReturnType<typeof createPlaces>;
