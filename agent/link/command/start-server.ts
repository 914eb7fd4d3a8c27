import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import type { Instance } from '../../model/events/server.ts';
import { TmuxFailure } from '../../model/failure.ts';
import { clientFlags } from '../tmux/dialect.ts';
import { applyManagedSettings } from './managed-settings.ts';
import { serverEnvironment } from './server-environment.ts';
import { untilAlive } from './until-alive.ts';

/** Starts the managed server and waits until it answers; one that already runs is left as it is. */
export const startServer = async (socket: string, config: string | null): Promise<Instance> => {
  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
  const file = config ?? '/dev/null';
  const args = [...clientFlags, '-f', file, '-S', socket, 'start-server', ';', 'set-option', '-s'];
  const child = spawn('tmux', [...args, 'exit-empty', 'off'], {
    cwd: existsSync(homedir()) ? homedir() : '/',
    env: serverEnvironment(),
    detached: true,
    stdio: 'ignore',
  });
  await new Promise<void>((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new TmuxFailure('tmux-missing', `cannot run tmux: ${cause.message}`, { cause })),
    );
    child.on('exit', () => resolve());
  });
  const instance = await untilAlive(socket, null);
  await applyManagedSettings(socket);
  return instance;
};
