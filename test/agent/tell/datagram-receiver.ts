import { closeSync } from 'node:fs';
import { promisify } from 'node:util';
import koffi from 'koffi';

/** Linux: unix(7), socket(7), cmsg(3). */
const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOL_SOCKET = 1;
const SO_PASSCRED = 16;
const SCM_RIGHTS = 1;
const SCM_CREDENTIALS = 2;
const SHUT_RDWR = 2;

const libc = koffi.load(null);
const socket = libc.func('int socket(int, int, int)');
const bind = libc.func('int bind(int, const void *, uint32_t)');
const setsockopt = libc.func('int setsockopt(int, int, int, const void *, uint32_t)');
const shutdown = libc.func('int shutdown(int, int)');
const recvmsg = libc.func('int64_t recvmsg(int, void *, int)');
const receive = promisify(recvmsg.async);

export interface Datagram {
  text: string;
  /** Of the sender, by the kernel. */
  pid: number;
}

/** Control messages: 8 bytes of length, 4 of level, 4 of type, the data, padded to 8. */
function* controlMessages(control: Buffer, length: number) {
  for (let at = 0; at + 16 <= length; ) {
    const size = Number(control.readBigUInt64LE(at));
    yield { type: control.readInt32LE(at + 12), data: control.subarray(at + 16, at + size) };
    at += Math.ceil(size / 8) * 8;
  }
}

/** struct msghdr, with one iovec and room for control messages. */
const messageHeader = (iovec: Buffer, control: Buffer): Buffer => {
  const header = Buffer.alloc(56);
  header.writeBigUInt64LE(koffi.address(iovec), 16);
  header.writeBigUInt64LE(1n, 24);
  header.writeBigUInt64LE(koffi.address(control), 32);
  header.writeBigUInt64LE(BigInt(control.length), 40);
  return header;
};

const receiveOne = async (fd: number): Promise<Datagram> => {
  const data = Buffer.alloc(64 * 1024);
  const control = Buffer.alloc(256);
  const iovec = Buffer.alloc(16);
  iovec.writeBigUInt64LE(koffi.address(data), 0);
  iovec.writeBigUInt64LE(BigInt(data.length), 8);
  const header = messageHeader(iovec, control);
  const size = Number(await receive(fd, header, 0));
  let pid = 0;
  for (const message of controlMessages(control, Number(header.readBigUInt64LE(40)))) {
    if (message.type === SCM_CREDENTIALS) pid = message.data.readInt32LE(0);
    // systemd-notify waits until its barrier is closed.
    if (message.type === SCM_RIGHTS) closeSync(message.data.readInt32LE(0));
  }
  return { text: data.toString('utf8', 0, Math.max(size, 0)), pid };
};

/** A service manager's end of NOTIFY_SOCKET, or the journal's: `address` is a path or, with `@`, an abstract name. */
export const openReceiver = (address: string) => {
  const fd = socket(AF_UNIX, SOCK_DGRAM, 0);
  const path = address.startsWith('@') ? `\0${address.slice(1)}` : `${address}\0`;
  const name = Buffer.concat([Buffer.from([AF_UNIX, 0]), Buffer.from(path)]);
  if (bind(fd, name, name.length) !== 0) throw new Error(`cannot bind ${address}`);
  setsockopt(fd, SOL_SOCKET, SO_PASSCRED, Int32Array.of(1), 4);
  return {
    next: () => receiveOne(fd),
    close(): void {
      shutdown(fd, SHUT_RDWR);
      closeSync(fd);
    },
  };
};
