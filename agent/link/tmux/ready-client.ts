import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { TmuxFailure } from '../../model/failure.ts';
import { limitCall } from './call-limit.ts';
import { checked } from './checked.ts';
import { clientFlags } from './dialect.ts';
import { newMark } from './mark.ts';
import { scriptOf } from './script.ts';

/**
 * Keeps one tmux client started in advance: connected, it waits for its commands on standard input. A
 * listing then takes no start of a process, which is most of what lies between a kill and its report.
 */
export interface ReadyClient {
  /** What the commands printed; empty where no server listens. @throws TmuxFailure `tmux-timeout`, `tmux-missing` */
  run(commands: readonly (readonly string[])[]): Promise<string>;
  /** From now on a client waits. */
  keep(): void;
  /** No client waits any more: a server without sessions ends only when its last client has gone. */
  release(): void;
}

type Client = ChildProcessByStdio<Writable, Readable, null>;

const isRunning = ({ exitCode, signalCode }: Client): boolean =>
  exitCode === null && signalCode === null;

const start = (socket: string): Client => {
  const args = [...clientFlags, '-S', socket, 'source-file', '-'];
  const client = checked(spawn('tmux', args, { stdio: ['pipe', 'pipe', 'ignore'] }));
  // It ends with its server, or could not be started: there is then no answer.
  client.on('error', () => undefined);
  client.stdin.on('error', () => undefined);
  client.stdout.setEncoding('utf8');
  return client;
};

/** Resolves with what was printed, as soon as the mark behind it was; null when the client ended before. */
const ask = (
  client: Client,
  commands: readonly (readonly string[])[],
  mark: string,
  limitMs?: number,
): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const end = `${mark}\n`;
    let text = '';
    const letGo = limitCall((ms) => {
      client.kill('SIGKILL');
      const message = `tmux took more than ${ms} ms`;
      reject(new TmuxFailure('tmux-timeout', message, { retryable: true }));
    }, limitMs);
    const done = (answer: string | null): void => {
      letGo();
      resolve(answer);
    };
    client.stdout.on('data', (chunk: string) => {
      text += chunk;
      if (text.endsWith(end)) done(text.slice(0, -end.length));
    });
    client.on('close', () => done(null));
    client.stdin.end(scriptOf([...commands, ['display-message', '-p', mark]]));
  });

export const createReadyClient = (socket: string, limitMs?: number): ReadyClient => {
  let waiting: Client | null = null;
  let keeping = false;

  const take = (): Client | null => {
    const client = waiting && isRunning(waiting) ? waiting : null;
    waiting = null;
    return client;
  };
  const prepare = (): void => {
    if (!keeping || waiting) return;
    try {
      const client = start(socket);
      waiting = client;
      client.once('close', () => {
        if (waiting === client) waiting = null;
      });
    } catch {
      // No descriptor to spare: the next run starts its own, and prepares another.
    }
  };

  return {
    async run(commands) {
      const mark = newMark();
      const ready = take();
      const answer = ready && (await ask(ready, commands, mark, limitMs));
      // One that waited may have lost its server meanwhile; one that is new cannot.
      const text = answer ?? (await ask(start(socket), commands, mark, limitMs)) ?? '';
      // To start a process takes the time of a report, which goes first.
      setImmediate(prepare);
      return text;
    },
    keep() {
      keeping = true;
      prepare();
    },
    release() {
      keeping = false;
      take()?.kill('SIGKILL');
    },
  };
};
