import { type ChildProcess, spawn } from 'node:child_process';
import { codeOf } from '../../../agent/model/failure.ts';

export interface ShellRun {
  command: string;
  env: Record<string, string>;
  input: string;
  limitMs: number;
  signal: AbortSignal;
}

/** `tail`: the end of what it printed, to both outputs. */
export type ShellEnd =
  | { kind: 'exited'; code: number; tail: string }
  | { kind: 'killed'; signal: NodeJS.Signals; tail: string }
  | { kind: 'stopped'; why: 'timeout' | 'aborted'; tail: string }
  | { kind: 'not-started'; code: string };

const maxTailBytes = 4096;

/** How long after its end its last words may take, ms: something it left running may hold its outputs open. */
const lastWordsMs = 200;

const killGroup = ({ pid }: ChildProcess): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
};

/**
 * Keeps reading what it does not keep, so that nobody waits for it. A line whose beginning is lost is left out: the
 * rest of a secret would not look like one.
 */
const collectTail = ({ stdout, stderr }: ChildProcess): (() => string) => {
  let tail = Buffer.alloc(0);
  let isCut = false;
  for (const stream of [stdout, stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      const all = Buffer.concat([tail, chunk]);
      isCut ||= all.length > maxTailBytes;
      tail = all.subarray(-maxTailBytes);
    });
    stream?.on('error', () => {});
  }
  return () => (isCut ? tail.toString('utf8').replace(/^[^\n]*\n?/, '') : tail.toString('utf8'));
};

/** Closed after a short while, whoever still holds the other end. */
const outputsClosed = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    const late = setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, lastWordsMs);
    child.once('close', () => {
      clearTimeout(late);
      resolve();
    });
  });

const start = ({ command, env }: ShellRun): ChildProcess =>
  spawn('/bin/sh', ['-c', command], { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });

/** Runs a command in a process group of its own, which is killed when its time is over. Never rejects. */
export const runShell = (run: ShellRun): Promise<ShellEnd> =>
  new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = start(run);
    } catch (cause) {
      return resolve({ kind: 'not-started', code: codeOf(cause) ?? 'unknown' });
    }
    const tail = collectTail(child);
    let stopped: 'timeout' | 'aborted' | null = null;
    const stop = (why: 'timeout' | 'aborted'): void => {
      stopped ??= why;
      killGroup(child);
    };
    const abort = (): void => stop('aborted');
    const late = setTimeout(() => stop('timeout'), run.limitMs);
    run.signal.addEventListener('abort', abort);
    const letGo = (): void => {
      clearTimeout(late);
      run.signal.removeEventListener('abort', abort);
    };
    if (run.signal.aborted) abort();
    child.on('error', (cause) => {
      letGo();
      resolve({ kind: 'not-started', code: codeOf(cause) ?? 'unknown' });
    });
    child.on('exit', async (code, signal) => {
      letGo();
      await outputsClosed(child);
      if (stopped !== null) resolve({ kind: 'stopped', why: stopped, tail: tail() });
      else if (signal !== null) resolve({ kind: 'killed', signal, tail: tail() });
      else resolve({ kind: 'exited', code: code ?? -1, tail: tail() });
    });
    // Who does not read what he is given has read enough: EPIPE.
    child.stdin?.on('error', () => {});
    child.stdin?.end(run.input);
  });
