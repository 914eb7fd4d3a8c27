import { connect, type Socket } from 'node:net';

/** A connection that says what it likes. */
export interface RawSocket {
  /** Resolves when it was handed over; what the other side does with it is the other side's affair. */
  send(bytes: string | Buffer): Promise<void>;
  /** Everything heard so far. */
  heard(): string;
  /** Resolves when the other side hung up. */
  readonly closed: Promise<void>;
  /** Reads no more, so that answers pile up. */
  pause(): void;
  close(): void;
}

const rawSocket = (socket: Socket): RawSocket => {
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  return {
    send: (bytes) =>
      Promise.race([
        new Promise<void>((resolve) => void socket.write(bytes, () => resolve())),
        closed,
      ]),
    heard: () => heard,
    closed,
    pause: () => void socket.pause(),
    close: () => void socket.destroy(),
  };
};

/** Connects, whether or not the other side then hangs up at once. */
export const openRaw = (path: string): Promise<RawSocket> =>
  new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(rawSocket(socket));
    });
  });
