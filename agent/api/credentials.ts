import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** Who connected, by the kernel, at the moment of connect(2). `pid` is 0 outside our PID namespace. */
export interface Credentials {
  pid: number;
  uid: number;
  gid: number;
}

/** Linux, the same on x86-64 and arm64. */
const SOL_SOCKET = 1;
const SO_PEERCRED = 17;

/** struct ucred: three 32-bit numbers. */
const ucredBytes = 12;

/** What the kernel gives where there is no peer, as on a TCP socket. */
const noUser = 0xffff_ffff;

type GetPeerCredentials = (fd: number) => Uint32Array | null;

let loaded: GetPeerCredentials | null | undefined;

const loadGetsockopt = (): GetPeerCredentials => {
  const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
  const getsockopt = koffi
    .load(null)
    .func('int getsockopt(int fd, int level, int name, void *value, void *length)');
  return (fd) => {
    const value = new Uint32Array(ucredBytes / 4);
    const length = new Uint32Array([ucredBytes]);
    const failed = getsockopt(fd, SOL_SOCKET, SO_PEERCRED, value, length) !== 0;
    return failed || length[0] !== ucredBytes ? null : value;
  };
};

/** At the first connection, once: koffi costs about a megabyte. */
const getPeerCredentials = (fd: number): Uint32Array | null => {
  if (loaded === undefined) {
    try {
      loaded = loadGetsockopt();
    } catch {
      loaded = null;
    }
  }
  return loaded ? loaded(fd) : null;
};

/** Node has no public way to a socket's descriptor. Negative once closed. */
const descriptorOf = (socket: Socket): number => {
  const handle: unknown = Reflect.get(socket, '_handle');
  const fd: unknown = typeof handle === 'object' && handle ? Reflect.get(handle, 'fd') : -1;
  return typeof fd === 'number' ? fd : -1;
};

/**
 * Who is at the other end of a connected Unix socket (SO_PEERCRED, unix(7)). Null where the socket is
 * closed or of another kind, or the FFI cannot load: then nobody may be trusted.
 */
export const peerCredentials = (socket: Socket): Credentials | null => {
  const fd = descriptorOf(socket);
  const [pid, uid, gid] = (fd < 0 ? null : getPeerCredentials(fd)) ?? [];
  if (pid === undefined || uid === undefined || gid === undefined) return null;
  return uid === noUser ? null : { pid, uid, gid };
};
