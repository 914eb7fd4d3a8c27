import type { Socket } from 'node:net';
import { socketOption } from '../os/socket-option.ts';

/** Who connected, by the kernel, at the moment of connect(2). `pid` is 0 outside our PID namespace. */
export interface Credentials {
  pid: number;
  uid: number;
  gid: number;
}

const SO_PEERCRED = 17;

/** struct ucred: three 32-bit numbers. */
const ucredBytes = 12;

/** What the kernel gives where there is no peer, as on a TCP socket. */
const noUser = 0xffff_ffff;

/**
 * Who is at the other end of a connected Unix socket (SO_PEERCRED, unix(7)). Null where the socket is
 * closed or of another kind, or the FFI cannot load: then nobody may be trusted.
 */
export const peerCredentials = (socket: Socket): Credentials | null => {
  const [pid, uid, gid] = socketOption(socket, SO_PEERCRED, ucredBytes).value ?? [];
  if (pid === undefined || uid === undefined || gid === undefined) return null;
  return uid === noUser ? null : { pid, uid, gid };
};
