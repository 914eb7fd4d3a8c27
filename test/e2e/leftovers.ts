import { readdirSync, readFileSync } from 'node:fs';

const mentions = (pid: number, text: string): boolean =>
  ['cmdline', 'environ'].some((name) => {
    try {
      return readFileSync(`/proc/${pid}/${name}`, 'latin1').includes(text);
    } catch {
      return false;
    }
  });

const started = (directory: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid && mentions(pid, directory));

/**
 * Kills every process that was started with `directory` among its arguments or in its environment: tmux
 * servers, what runs in their panes, clients. The directory is of one test alone, so nobody else's match.
 */
export const killLeftovers = (directory: string): void => {
  for (const pid of started(directory)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
};
