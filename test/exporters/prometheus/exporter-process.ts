import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Test } from 'tap';
import { readExposition, type Series } from './read-exposition.ts';

const root = join(import.meta.dirname, '../../..');

/** Ten times what a loaded machine was seen to need, and more. */
const patience = () => AbortSignal.timeout(60_000);

export interface ExporterProcess {
  child: ChildProcess;
  /** What it said to be ready; null when it ended first. */
  ready: Promise<{ ready: boolean; port: number | null } | null>;
  /** Lines of stdout so far, parsed. */
  log: Record<string, unknown>[];
  /** Resolves with the first line, past or future, with such a message. */
  said(message: RegExp): Promise<Record<string, unknown>>;
  exit: Promise<{ code: number | null; signal: string | null; stderr: string }>;
}

/** Starts the real exporter as `holdfast up` does; it is killed when the test ends. */
export const startExporter = (t: Test, args: string[], flags: string[] = []): ExporterProcess => {
  const program = join(root, 'exporters/prometheus/main.ts');
  const child = fork(program, args, { execArgv: flags, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const { stdout, stderr: errors } = child;
  if (!stdout || !errors) throw new Error('no pipes');
  // Not the child's own `close`: it never comes once we have disconnected.
  const closed = Promise.all([once(child, 'exit'), once(stdout, 'close'), once(errors, 'close')]);
  t.teardown(() => {
    child.kill('SIGKILL');
    return closed;
  });
  const log: Record<string, unknown>[] = [];
  const lines = new EventEmitter();
  createInterface({ input: stdout }).on('line', (line) => {
    log.push(JSON.parse(line));
    lines.emit('line');
  });
  let stderr = '';
  errors.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exit = closed.then(([[code, signal]]) => ({ code, signal, stderr }));
  const ready = once(child, 'message', { signal: patience() }).then(([message]) => message);
  const said = async (message: RegExp): Promise<Record<string, unknown>> => {
    for (;;) {
      const line = log.find(({ msg }) => message.test(String(msg)));
      if (line) return line;
      await once(lines, 'line', { signal: patience() });
    }
  };
  return { child, ready: Promise.race([ready, exit.then(() => null)]), log, said, exit };
};

/** One page of the exporter. */
export const fetchText = async (
  port: number,
  path = '/metrics',
): Promise<{ status: number; text: string }> => {
  const outgoing = get({ port, path, agent: false, signal: patience() });
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const chunks = await response.setEncoding('utf8').toArray();
  return { status: response.statusCode ?? 0, text: chunks.join('') };
};

export const scrape = async (port: number): Promise<Series[]> =>
  readExposition((await fetchText(port)).text);
