import type { Socket } from 'node:net';
import type { Instance } from '../../model/events/server.ts';
import { isStillPeer } from '../../os/peer-process.ts';
import { type Origin, originOf } from '../life-of-process.ts';

/** A process as it was when it connected. */
export interface Sight extends Origin {
  process: Instance;
}

/**
 * Null where it is gone. The kernel is asked last whether the pid is still that of who connected: what was read cannot be of
 * another process that has it by now. A kernel that cannot say is trusted not to give a number out again within the moment
 * between a connection and this look.
 */
export const sightOf = (
  socket: Socket,
  pid: number,
  look = originOf,
  stillPeer = isStillPeer,
): Sight | null => {
  const { line, group } = look(pid);
  const [process] = line;
  return process && stillPeer(socket, pid) !== false ? { process, line, group } : null;
};
