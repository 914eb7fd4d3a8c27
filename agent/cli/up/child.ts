import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { nextWait } from './backoff.ts';
import { notableLine } from './log-line.ts';
import type { ChildName } from './programs.ts';

export interface ChildSpec {
  name: ChildName;
  file: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Takes all that the child says. */
  log: Writable;
  /** It ends with this code where starting it again would change nothing. */
  finalExit?: number;
}

export interface ChildHandlers {
  /** It works: for the first time, and again after each restart. */
  onReady(): void;
  /** It said something a person should see. */
  onNotable(line: string): void;
  /** It died unasked and is started again after `waitMs`. */
  onDied(how: string, waitMs: number): void;
}

export interface Child {
  readonly name: ChildName;
  readonly pid: number | null;
  /** Ends it for good: SIGTERM, then `kill` is up to the caller. Resolves when it is gone. */
  stop(): Promise<void>;
  /** SIGKILL, where it still runs. */
  kill(): void;
}

/**
 * A small young generation and no compiled code: these processes are long-lived and mostly idle. Replaying a log
 * takes longer without it.
 */
const memoryFlags = ['--max-semi-space-size=1', '--no-opt', '--no-maglev', '--no-sparkplug'];

/**
 * glibc keeps a heap for each thread, and freed memory for later use (mallopt(3)): of no use to processes
 * whose threads are mostly idle.
 */
const memoryEnv = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' };

const howItEnded = (code: number | null, signal: string | null): string =>
  signal === null ? `exit code ${code}` : `killed by ${signal}`;

/** Runs one program until `stop`, starting it again whenever it dies. */
export const superviseChild = (spec: ChildSpec, handlers: ChildHandlers): Child => {
  let running: ChildProcess | null = null;
  let timer: NodeJS.Timeout | undefined;
  let wait: number | null = null;
  let stopping = false;

  const read = (stream: Readable | null): void => {
    if (!stream) return;
    stream.pipe(spec.log, { end: false });
    createInterface({ input: stream }).on('line', (line) => {
      const notable = notableLine(line);
      if (notable !== null) handlers.onNotable(notable);
    });
  };

  const ended = (livedMs: number, how: string): void => {
    running = null;
    if (stopping || how === `exit code ${spec.finalExit}`) return;
    wait = nextWait(wait, livedMs);
    handlers.onDied(how, wait);
    timer = setTimeout(start, wait);
  };

  const start = (): void => {
    const startedAt = performance.now();
    // A process group of its own: Ctrl-C in the terminal reaches only us, and we stop it in order.
    const child = spawn(process.execPath, [...memoryFlags, spec.file, ...spec.args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
      env: { ...memoryEnv, ...spec.env },
    });
    running = child;
    read(child.stdout);
    read(child.stderr);
    child.on('message', (message: { ready?: unknown }) => {
      if (message?.ready === true) handlers.onReady();
    });
    const once = Promise.withResolvers<string>();
    child.once('exit', (code, signal) => once.resolve(howItEnded(code, signal)));
    child.once('error', (error) => once.resolve(error.message));
    void once.promise.then((how) => ended(performance.now() - startedAt, how));
  };

  start();
  return {
    name: spec.name,
    get pid() {
      return running?.pid ?? null;
    },
    stop: () => {
      stopping = true;
      clearTimeout(timer);
      const child = running;
      if (!child?.pid) return Promise.resolve();
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      return gone;
    },
    kill: () => running?.kill('SIGKILL'),
  };
};
