import type { Socket } from 'node:net';

/** The place of one client among those served at once. */
export interface Seat {
  /** It asked for something. */
  heard(): void;
  /** It follows events: it has every reason to be silent. */
  keep(): void;
}

interface Taken {
  uid: number;
  follows: boolean;
  /** Nobody may keep him out. */
  first: boolean;
}

/**
 * So many clients are served at once. When one more comes, the one that has been silent longest makes room, for
 * connections that ask nothing must not keep people out; where all of them follow events, the newcomer goes. Who has
 * as many as he may have makes room among his own, so that nobody keeps the others out. Who comes first always
 * gets one, of whoever else has the most, and nobody else takes it from him.
 */
export const createSeats = (limit: number) => {
  /** In the order in which they were last heard. */
  const taken = new Map<Socket, Taken>();

  const silent = (among: (seat: Taken) => boolean): Socket | undefined =>
    [...taken].find(([, seat]) => !seat.follows && among(seat))?.[0];

  const countOf = (uid: number): number =>
    [...taken.values()].filter((seat) => seat.uid === uid).length;

  /** The one that was heard least lately, of who has the most of those who may not have all. */
  const ofGreediest = (): Socket | undefined => {
    const others = [...taken].filter(([, seat]) => !seat.first);
    const most = Math.max(...others.map(([, { uid }]) => countOf(uid)));
    return others.find(([, { uid }]) => countOf(uid) === most)?.[0];
  };

  /** False where there is none to be had. */
  const makeRoom = (uid: number, most: number, isFirst: boolean): boolean => {
    const hasAll = countOf(uid) >= most;
    if (!hasAll && taken.size < limit) return true;
    const mayGo = (seat: Taken): boolean => (hasAll ? seat.uid === uid : isFirst || !seat.first);
    const leaving = silent(mayGo) ?? (isFirst && !hasAll ? ofGreediest() : undefined);
    if (!leaving) return false;
    taken.delete(leaving);
    leaving.destroy();
    return true;
  };

  return {
    /**
     * Null where there is no room: the socket is closed then.
     * @param most as many as this user may have
     * @param first whether nobody may keep him out
     */
    take(socket: Socket, uid: number, most = limit, first = most >= limit): Seat | null {
      if (!makeRoom(uid, most, first)) {
        socket.destroy();
        return null;
      }
      const seat: Taken = { uid, follows: false, first };
      taken.set(socket, seat);
      socket.once('close', () => taken.delete(socket));
      return {
        heard: () => {
          if (taken.delete(socket)) taken.set(socket, seat);
        },
        keep: () => {
          seat.follows = true;
        },
      };
    },
  };
};
