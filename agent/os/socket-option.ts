import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** Linux, the same on x86-64 and arm64. */
const SOL_SOCKET = 1;

export interface SocketOption {
  /** As 32-bit numbers; null: there is none. */
  value: Uint32Array | null;
  /** Why there is none (errno(3)); 0 where the kernel was not asked, or gave it. */
  errno: number;
}

type GetSocketOption = (fd: number, name: number, bytes: number) => SocketOption;

const notAsked: SocketOption = { value: null, errno: 0 };

let loaded: GetSocketOption | null | undefined;

const loadGetsockopt = (): GetSocketOption => {
  const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
  const getsockopt = koffi
    .load(null)
    .func('int getsockopt(int fd, int level, int name, void *value, void *length)');
  return (fd, name, bytes) => {
    const value = new Uint32Array(bytes / 4);
    const length = new Uint32Array([bytes]);
    const failed = getsockopt(fd, SOL_SOCKET, name, value, length) !== 0;
    const isGiven = !failed && length[0] === bytes;
    return { value: isGiven ? value : null, errno: failed ? koffi.errno() : 0 };
  };
};

/** At the first connection, once: koffi costs about a megabyte. */
const getSocketOption: GetSocketOption = (fd, name, bytes) => {
  if (loaded === undefined) {
    try {
      loaded = loadGetsockopt();
    } catch {
      loaded = null;
    }
  }
  return loaded ? loaded(fd, name, bytes) : notAsked;
};

/** Node has no public way to a socket's descriptor. Negative once closed. */
const descriptorOf = (socket: Socket): number => {
  const handle: unknown = Reflect.get(socket, '_handle');
  const fd: unknown = typeof handle === 'object' && handle ? Reflect.get(handle, 'fd') : -1;
  return typeof fd === 'number' ? fd : -1;
};

/**
 * An option of a connected socket (socket(7)). It has no value where the socket is closed, the kernel does not have it, or
 * the FFI cannot load.
 */
export const socketOption = (socket: Socket, name: number, bytes: number): SocketOption => {
  const fd = descriptorOf(socket);
  return fd < 0 ? notAsked : getSocketOption(fd, name, bytes);
};
