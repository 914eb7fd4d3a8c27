import type { Socket } from 'node:net';

/** The place of one client among those served at once. */
export interface Seat {
  /** It asked for something. */
  heard(): void;
  /** It follows events: it has every reason to be silent. */
  keep(): void;
}

/**
 * So many clients are served at once. When one more comes, the one that has been silent longest makes room, for
 * connections that ask nothing must not keep people out; where all of them follow events, the newcomer goes.
 */
export const createSeats = (limit: number) => {
  /** In the order in which they were last heard; subscribers are not among them. */
  const idle = new Set<Socket>();
  let taken = 0;

  return {
    /** Null where there is no room: the socket is closed then. */
    take(socket: Socket): Seat | null {
      if (taken >= limit) {
        const [silent] = idle;
        if (!silent) {
          socket.destroy();
          return null;
        }
        idle.delete(silent);
        silent.destroy();
      }
      taken += 1;
      idle.add(socket);
      socket.once('close', () => {
        taken -= 1;
        idle.delete(socket);
      });
      return {
        heard: () => {
          if (idle.delete(socket)) idle.add(socket);
        },
        keep: () => void idle.delete(socket),
      };
    },
  };
};
