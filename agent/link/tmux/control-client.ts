import { spawn } from 'node:child_process';
import { clientFlags, killedText } from './dialect.ts';

/** How the client ended. `killed`: the server said no goodbye; `text`: the client's last words. */
export interface ControlEnd {
  killed: boolean;
  text: string;
}

export interface ControlClient {
  readonly pid: number;
  /** Null while it runs. */
  readonly ended: ControlEnd | null;
  close(): void;
}

export interface ControlEvents {
  /** A notification that sessions came, went or were renamed. */
  onChange(renamed: boolean): void;
  /** The client ended: the server went, or somebody ended the client. Not called after `close`. */
  onEnd(end: ControlEnd): void;
}

/** A channel nobody signals: the client waits on it for ever. */
const neverSignalled = 'holdfast-never-signalled';

/** Longest unfinished line kept; notifications we read are far shorter. */
const maxLine = 4096;

/**
 * An unattached control client: told of sessions by the server, in no `list-clients`, needing no session
 * of its own. Its standard input stays open, because end of file would end it; it answers no commands.
 */
export const startControlClient = (socket: string, events: ControlEvents): ControlClient => {
  const child = spawn('tmux', [...clientFlags, '-C', '-S', socket, 'wait-for', neverSignalled], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let rest = '';
  let lastWords = '';
  let ended: ControlEnd | null = null;
  let closed = false;

  const onLine = (line: string): void => {
    if (line.startsWith('%exit')) lastWords = line.slice(0, 200);
    else if (line.startsWith('%sessions-changed')) events.onChange(false);
    else if (line.startsWith('%session-renamed')) events.onChange(true);
  };
  const end = (): void => {
    if (ended || closed) return;
    ended = { killed: killedText.test(lastWords), text: lastWords };
    events.onEnd(ended);
  };

  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(0, maxLine);
    lines.forEach(onLine);
    if (rest.startsWith('%exit')) lastWords = rest.slice(0, 200);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords ||= text.trim().slice(0, 200);
  });
  child.stdin.on('error', () => undefined);
  child.on('error', end);
  child.on('close', end);

  return {
    pid: child.pid ?? 0,
    get ended() {
      return ended;
    },
    close: () => {
      closed = true;
      child.kill('SIGKILL');
    },
  };
};
