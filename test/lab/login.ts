import { type CommandOptions, type Outcome, succeed } from './command.ts';
import { quote, type Ssh } from './ssh.ts';

export type User = 'root' | 'deploy' | 'alice';
export const users: readonly User[] = ['root', 'deploy', 'alice'];

/** Of a command in the machine; `env` is added to what the login gives. */
export type RunOptions = Pick<CommandOptions, 'limitMs' | 'stdin'> & {
  env?: Readonly<Record<string, string>>;
};

const withEnvironment = (command: string, env: RunOptions['env'] = {}): string => {
  const words = Object.entries(env).map(([name, value]) => `export ${name}=${quote(value)};`);
  return [...words, command].join(' ');
};

/** What one user can do in the machine. The command is read by the user's shell. */
export const createLogin = (ssh: Ssh, user: User) => {
  const run = (command: string, { env, ...options }: RunOptions = {}): Promise<Outcome> =>
    ssh.run(user, withEnvironment(command, env), options);

  return {
    run,
    /** Its standard output. Throws with what it said unless it exits with 0. */
    must: async (command: string, options: RunOptions = {}): Promise<string> =>
      succeed(`${user}: ${command}`, await run(command, options)),
    /** Copies a file or directory of this host into the machine. */
    put: (from: string, to: string): Promise<void> => ssh.copyIn(user, from, to),
    /** Copies a file or directory of the machine to this host. */
    get: (from: string, to: string): Promise<void> => ssh.copyOut(user, from, to),
  };
};

export type Login = ReturnType<typeof createLogin>;
