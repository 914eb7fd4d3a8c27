import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { changedChannel, clientFlags, killedText } from './dialect.ts';

/** How a client that waits ended: with `code` 0 it was let go. */
interface WaitEnd {
  code: number | null;
  text: string;
}

/** How the sentinel ended. `killed`: the server said no goodbye; `released`: it did. */
export interface SentinelEnd {
  killed: boolean;
  released: boolean;
  text: string;
}

export interface Sentinel {
  /** Null while it runs. */
  readonly ended: SentinelEnd | null;
  close(): void;
}

/** A channel nobody signals: tmux lets go of who waits on it when it ends in an orderly way. */
const neverSignalled = 'holdfast-never-signalled';

const setpriv = '/usr/bin/setpriv';

/** A plain client reads no standard input and would outlive us: the kernel ends it with us where it can. */
const tmux = existsSync(setpriv) ? [setpriv, '--pdeathsig', 'KILL', 'tmux'] : ['tmux'];

/** Printed as soon as a client is let go, which is a millisecond before its end is known. */
const letGo = ['display-message', '-p', '.'];

/**
 * Waits on `channel` of the server. `onLetGo` is called once it is signalled, `onEnd` when the client ended;
 * neither after the returned function was.
 */
const waitFor = (
  socket: string,
  channel: string,
  onEnd: (end: WaitEnd) => void,
  onLetGo: () => void = () => undefined,
): (() => void) => {
  const [program = 'tmux', ...before] = tmux;
  const commands = ['wait-for', channel, ';', ...letGo];
  const child = spawn(program, [...before, ...clientFlags, '-S', socket, ...commands], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  let over = false;
  const end = (code: number | null): void => {
    if (over) return;
    over = true;
    onEnd({ code, text });
  };
  child.stdout.once('data', () => {
    if (!over) onLetGo();
  });
  child.stderr.setEncoding('utf8').on('data', (words: string) => {
    text = (text + words).trim().slice(0, 200);
  });
  child.on('error', () => end(null));
  child.on('close', end);
  return () => {
    over = true;
    child.kill('SIGKILL');
  };
};

/**
 * A client that ends with its server, and tells how. It is a plain one: a control client (`-C`) brings a
 * server down that makes or ends a session while it connects, or ends one whose window was just changed
 * (tmux#4980, tmux#5243; 3.3a to 3.6).
 */
export const startSentinel = (socket: string, onEnd: () => void): Sentinel => {
  let ended: SentinelEnd | null = null;
  const close = waitFor(socket, neverSignalled, ({ code, text }) => {
    const released = code === 0;
    ended = {
      released,
      killed: killedText.test(text),
      text: released ? 'tmux let its clients go' : text,
    };
    onEnd();
  });
  return {
    get ended() {
      return ended;
    },
    close,
  };
};

/**
 * Calls `onChange` when a managed server's hooks say that sessions came, went or were renamed. What is said
 * while it resolves is not lost: the channel remembers that it was signalled.
 */
export const startAnnouncer = (socket: string, onChange: () => Promise<void>): (() => void) => {
  let close = (): void => undefined;
  let closed = false;
  const wait = (): void => {
    if (closed) return;
    const changed = async (): Promise<void> => {
      // To start a process takes the time of a report, which goes first.
      await onChange();
      wait();
    };
    close = waitFor(
      socket,
      changedChannel,
      () => undefined,
      () => void changed(),
    );
  };
  wait();
  return () => {
    closed = true;
    close();
  };
};
