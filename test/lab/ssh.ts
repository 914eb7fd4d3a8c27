import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type CommandOptions, execute, mustExecute, type Outcome } from './command.ts';

export interface SshOptions {
  port: number;
  privateKey: string;
  /** For the sockets of the connections that are kept open. */
  directory: string;
}

/** A hundred megabytes, encrypted under emulation. */
const copying = { limitMs: 600_000 };

/** For what a shell may read as one word. */
export const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Resolves when something that speaks ssh answers: QEMU accepts before the machine listens. */
const greets = async (port: number): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = createConnection({ port, host: '127.0.0.1' });
  socket.setTimeout(3000, () => resolve(false));
  socket.once('data', (data) => resolve(data.toString().startsWith('SSH-')));
  socket.once('error', () => resolve(false)).once('close', () => resolve(false));
  const answer = await promise;
  socket.destroy();
  return answer;
};

/** Logins to the machine, one connection for each user, opened when it is first wanted. */
export const createSsh = ({ port, privateKey, directory }: SshOptions) => {
  const options = [
    ...['-F', 'none', '-i', privateKey, '-o', 'IdentitiesOnly=yes', '-o', 'BatchMode=yes'],
    ...['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null'],
    ...['-o', 'LogLevel=ERROR', '-o', 'ConnectTimeout=60'],
    // Logging in is what takes long: a second or two under emulation.
    ...['-o', 'ControlMaster=auto', '-o', 'ControlPersist=600'],
    ...['-o', `ControlPath=${join(directory, 'ssh-%r')}`],
  ];
  const destination = (user: string): string => `${user}@127.0.0.1`;

  return {
    async awaitGreeting(limitMs: number, gone: () => boolean): Promise<boolean> {
      const deadline = performance.now() + limitMs;
      while (performance.now() < deadline && !gone()) {
        if (await greets(port)) return true;
        await wait(250);
      }
      return false;
    },

    /** The command is read by the user's shell. Exit code 255 also says that there was no connection. */
    run: (user: string, command: string, given: CommandOptions = {}): Promise<Outcome> =>
      execute('ssh', ['-p', `${port}`, ...options, destination(user), command], given),

    async copyIn(user: string, from: string, to: string): Promise<void> {
      const target = `${destination(user)}:${to}`;
      await mustExecute('scp', ['-q', '-r', '-P', `${port}`, ...options, from, target], copying);
    },

    async copyOut(user: string, from: string, to: string): Promise<void> {
      const source = `${destination(user)}:${from}`;
      await mustExecute('scp', ['-q', '-r', '-P', `${port}`, ...options, source, to], copying);
    },

    /** Ends the connections of a machine that is about to go: they would hang until they time out. */
    async hangUp(users: readonly string[]): Promise<void> {
      const exit = (user: string) =>
        execute('ssh', [...options, '-O', 'exit', destination(user)], { limitMs: 5000 });
      await Promise.all(users.map(exit));
    },
  };
};

export type Ssh = ReturnType<typeof createSsh>;
