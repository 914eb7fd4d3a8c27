import { closeSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Linux, the same on x86-64 and arm64. */
const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;

/** A sockaddr_un. An abstract name begins with a zero byte and ends where the address ends. */
const socketAddress = (address: string): Buffer => {
  const family = Buffer.from(Uint16Array.of(AF_UNIX).buffer);
  const path = address.startsWith('@') ? `\0${address.slice(1)}` : `${address}\0`;
  return Buffer.concat([family, Buffer.from(path)]);
};

const loadLibc = () => {
  // Loaded only here: koffi costs a megabyte, and most ways to run need none of it.
  const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
  const libc = koffi.load(null);
  const socket = libc.func('int socket(int domain, int type, int protocol)');
  const sendto = libc.func(
    'int64_t sendto(int fd, const void *data, size_t size, int flags, const void *to, uint32_t length)',
  );
  return {
    openSocket: (): number => socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0),
    /** 0, or the errno. Never waits. */
    sendTo(fd: number, data: Buffer, to: Buffer): number {
      const sent = sendto(fd, data, data.length, MSG_DONTWAIT | MSG_NOSIGNAL, to, to.length);
      return Number(sent) === data.length ? 0 : koffi.errno();
    },
  };
};

let loaded: ReturnType<typeof loadLibc> | null = null;

export interface DatagramSocket {
  /** 0, or the errno. Never waits; the datagram has left when this returns. */
  send(data: Buffer): number;
  close(): void;
}

/**
 * A socket that sends from our own process, to a path or, with `@`, an abstract name. Each datagram looks the
 * address up anew, so a receiver that comes back is reached again.
 * @throws where the FFI cannot load, or there is no socket to be had.
 */
export const openDatagramSocket = (address: string): DatagramSocket => {
  loaded ??= loadLibc();
  const libc = loaded;
  const to = socketAddress(address);
  const fd = libc.openSocket();
  if (fd < 0) throw new Error(`no datagram socket for ${address}`);
  return { send: (data) => libc.sendTo(fd, data, to), close: () => closeSync(fd) };
};
