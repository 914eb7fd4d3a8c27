import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Polled {
  socket: string;
  session: string;
}

/** The loop of the usual watchdogs: once a second it asks tmux for each session. */
export interface Polling {
  /** Resolves with the time (ms since the epoch) at which it next finds the session so. */
  next(session: string, state: 'up' | 'gone'): Promise<number>;
  stop(): void;
}

const ask = ({ socket, session }: Polled): string =>
  `if tmux -S '${socket}' has-session -t '=${session}' 2>/dev/null
   then echo '${session} up'; else echo '${session} gone'; fi`;

export const startPolling = (polled: readonly Polled[]): Polling => {
  const loop = `while :; do\n${polled.map(ask).join('\n')}\nsleep 1; done`;
  const shell = spawn('/bin/sh', ['-c', loop], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const waiting = new Map<string, (at: number) => void>();
  createInterface({ input: shell.stdout }).on('line', (line) => {
    const tell = waiting.get(line);
    waiting.delete(line);
    tell?.(Date.now());
  });
  return {
    next: (session, state) =>
      new Promise((resolve) => {
        waiting.set(`${session} ${state}`, resolve);
      }),
    stop: () => {
      // Its group: the `sleep` it waits for goes too.
      if (shell.pid) process.kill(-shell.pid, 'SIGKILL');
    },
  };
};
