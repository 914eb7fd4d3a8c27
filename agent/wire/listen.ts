import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';

/** A listener on a Unix socket. */
export interface Listener {
  /** No more connections; those there are go on. */
  close(): void;
}

export interface ListenOptions {
  onConnection(socket: Socket): void;
  onTrouble(what: string, cause: unknown): void;
  /** Of the socket. Default: 0600. */
  mode?: number;
  /** How often the socket is looked for, ms. Default: 5 s. */
  lookEveryMs?: number;
}

const identityOf = (path: string): string => {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat ? `${stat.dev}:${stat.ino}` : '';
};

const bind = (path: string, options: ListenOptions): Promise<Server> =>
  new Promise((resolve, reject) => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    rmSync(path, { force: true });
    const server = createServer(options.onConnection);
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      server.on('error', (cause) => options.onTrouble(`${path} fails`, cause));
      chmodSync(path, options.mode ?? 0o600);
      resolve(server);
    });
  });

/**
 * Listens on `path`, for the owner only unless `mode` says otherwise. A socket left behind by a killed process is
 * replaced, and one that somebody removes, as cleaners of /tmp do, is made again.
 */
export const listenOn = async (path: string, options: ListenOptions): Promise<Listener> => {
  let server = await bind(path, options);
  let identity = identityOf(path);
  let closed = false;
  let busy = false;

  const look = async (): Promise<void> => {
    if (closed || busy) return;
    busy = true;
    try {
      if (identityOf(path) === identity) return;
      server.close();
      server = await bind(path, options);
      identity = identityOf(path);
      if (closed) server.close();
    } catch (cause) {
      options.onTrouble(`${path} was removed and cannot be made again`, cause);
    } finally {
      busy = false;
    }
  };

  const timer = setInterval(() => void look(), options.lookEveryMs ?? 5000);
  return {
    close() {
      closed = true;
      clearInterval(timer);
      server.close();
    },
  };
};
