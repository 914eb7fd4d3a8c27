import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const command = join(import.meta.dirname, '../../../bin/holdfast');

/** Holdfast in a home of its own, as a person runs it. */
export interface Holdfast {
  /** A sub-command; what it prints with `--json`. */
  ask<T>(...args: string[]): Promise<T>;
  /** Ends it, with its sessions. */
  stop(): Promise<void>;
}

/** Resolves when it supervises. @throws with what it said, where it ends before */
export const startHoldfast = async (home: string): Promise<Holdfast> => {
  const up = spawn(command, ['up', '--home', home, '--no-exporter', '--stop-sessions', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(up, 'exit');
  const said: string[] = [];
  const supervising = new Promise<void>((resolve) => {
    createInterface({ input: up.stdout }).on('line', (line) => {
      said.push(line);
      if (JSON.parse(line).kind === 'supervising') resolve();
    });
  });
  const early = gone.then(() => {
    throw new Error(`holdfast up ended:\n${said.join('\n')}`);
  });
  await Promise.race([supervising, early]);
  early.catch(() => undefined);
  const run = promisify(execFile);
  return {
    ask: async (...args) => {
      const { stdout } = await run(command, [...args, '--home', home, '--json']);
      return JSON.parse(stdout.split('\n')[0] ?? '');
    },
    stop: async () => {
      up.kill('SIGINT');
      await gone;
    },
  };
};
