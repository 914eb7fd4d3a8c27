import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { checked } from './checked.ts';
import { clientFlags, killedText } from './dialect.ts';

/** How the sentinel ended. `killed`: the server said no goodbye; `released`: it did. */
export interface SentinelEnd {
  killed: boolean;
  released: boolean;
  text: string;
}

export interface Sentinel {
  /** Null while it runs. */
  readonly ended: SentinelEnd | null;
  /** Resolves when it ended by itself. */
  readonly done: Promise<void>;
  close(): void;
}

/** A channel nobody signals: tmux lets go of who waits on it when it ends in an orderly way. */
const neverSignalled = 'holdfast-never-signalled';

const setpriv = '/usr/bin/setpriv';

/** A plain client reads no standard input and would outlive us: the kernel ends it with us where it can. */
const tmux = existsSync(setpriv) ? [setpriv, '--pdeathsig', 'KILL', 'tmux'] : ['tmux'];

/**
 * Starts a client that waits on `channel` of the server and then carries out `commands`.
 * @throws TmuxFailure `tmux-missing`
 */
export const startWaiting = (
  socket: string,
  channel: string,
  commands: readonly (readonly string[])[] = [],
) => {
  const [program = 'tmux', ...before] = tmux;
  const words = ['wait-for', channel, ...commands.flatMap((command) => [';', ...command])];
  const args = [...before, ...clientFlags, '-S', socket, ...words];
  return checked(spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
};

/**
 * A client that ends with its server, and tells how. It is a plain one: a control client (`-C`) brings a
 * server down that makes or ends a session while it connects, or ends one whose window was just changed
 * (tmux#4980, tmux#5243; 3.3a to 3.6).
 * @throws TmuxFailure `tmux-missing`
 */
export const startSentinel = (socket: string, onEnd: () => void): Sentinel => {
  const client = startWaiting(socket, neverSignalled);
  let ended: SentinelEnd | null = null;
  let closed = false;
  let words = '';
  const done = Promise.withResolvers<void>();
  const end = (code: number | null): void => {
    if (ended || closed) return;
    const released = code === 0;
    const text = released ? 'tmux let its clients go' : words;
    ended = { released, killed: killedText.test(text), text };
    done.resolve();
    onEnd();
  };
  client.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).trim().slice(0, 200);
  });
  client.on('error', () => end(null));
  client.on('close', end);
  return {
    get ended() {
      return ended;
    },
    done: done.promise,
    close: () => {
      closed = true;
      client.kill('SIGKILL');
    },
  };
};
