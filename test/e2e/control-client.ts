import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Test } from 'tap';

/** A client in control mode, as editors and terminals run one. */
export interface ControlClient {
  readonly pid: number;
  readonly argv: readonly string[];
  tell(command: string): void;
  /** Leaves, and resolves when it is gone. */
  leave(): Promise<void>;
}

/** Attaches to `session` and resolves when it shows it; gone with the test. */
export const attachControl = async (
  t: Pick<Test, 'teardown'>,
  socket: string,
  session: string,
): Promise<ControlClient> => {
  const [program, ...args] = ['tmux', '-S', socket, '-C', 'attach-session', '-t', session] as const;
  const client = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const gone = once(client, 'close');
  const leave = async (): Promise<void> => {
    client.stdin.end();
    await gone;
  };
  t.teardown(leave);
  const lines = createInterface({ input: client.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.startsWith('%session-changed') && resolve());
    gone.then(() => reject(new Error('it is gone before it showed anything')), reject);
  });
  return {
    ...{ pid: client.pid ?? 0, argv: [program, ...args], leave },
    tell: (command) => client.stdin.write(`${command}\n`),
  };
};
