import { spawn } from '@lydell/node-pty';

/** Keys as xterm sends them: Ctrl-b d, by which a person leaves, and F12. */
export const keys = { detach: '\x02d', f12: '\x1b[24~' } as const;

/** A person's client in a terminal of its own. */
export interface AttachedClient {
  readonly pid: number;
  type(keys: string): void;
  readonly gone: Promise<void>;
}

/** Attaches to `session` and resolves when its screen has been drawn. */
export const attach = async (socket: string, session: string): Promise<AttachedClient> => {
  const client = spawn('tmux', ['-u', '-S', socket, 'attach-session', '-t', `=${session}`], {
    name: 'xterm-256color',
    cols: 80,
    rows: 24,
    env: { ...process.env, TMUX: '' },
  });
  const drawn = new Promise<void>((resolve) => void client.onData(() => resolve()));
  const gone = new Promise<void>((resolve) => void client.onExit(() => resolve()));
  await Promise.race([drawn, gone]);
  return { pid: client.pid, type: (keys) => client.write(keys), gone };
};
