import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aDocument, manySessions } from '../exporters/prometheus/document.ts';

const sessions = 100;
const scrapes = 1000;

/** Run as it is in production: its bundle, with the flags `holdfast up` gives its children. */
const program = join(import.meta.dirname, '../../dist/holdfast-exporter.js');
const flags = ['--max-semi-space-size=1'];

export interface ScrapeNumbers {
  sessions: number;
  scrapes: number;
  /** Time of one scrape of a state file that has just been written again, ms. */
  p50Ms: number;
  p99Ms: number;
  /** The size of what is scraped. */
  textBytes: number;
  /** Anonymous memory of the exporter before the first scrape, after the last, and the most that was seen. */
  anonBytes: { started: number; ended: number; most: number };
}

const anonBytesOf = async ({ pid }: ChildProcess): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
};

const scrape = async (port: number, agent: Agent): Promise<number> => {
  const [response] = (await once(get({ port, path: '/metrics', agent }), 'response')) as [
    IncomingMessage,
  ];
  let bytes = 0;
  for await (const chunk of response) bytes += chunk.length;
  return bytes;
};

/** Replaces the state file as the agent does, so that every scrape has to read it. */
const writeState = async (state: string): Promise<void> => {
  const document = aDocument({ writtenAt: Date.now(), sessions: manySessions(sessions) });
  await writeFile(`${state}.tmp`, JSON.stringify(document));
  await rename(`${state}.tmp`, state);
};

const measure = async (child: ChildProcess, state: string): Promise<ScrapeNumbers> => {
  const [{ port }] = await once(child, 'message');
  const agent = new Agent({ keepAlive: true });
  const anon = [await anonBytesOf(child)];
  const times: number[] = [];
  let textBytes = 0;
  for (let i = 0; i < scrapes; i += 1) {
    await writeState(state);
    const began = performance.now();
    textBytes = await scrape(port, agent);
    times.push(performance.now() - began);
    if (i % 20 === 0 || i === scrapes - 1) anon.push(await anonBytesOf(child));
  }
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(scrapes * share)] ?? 0;
  const anonBytes = { started: anon[0] ?? 0, ended: anon.at(-1) ?? 0, most: Math.max(...anon) };
  return { sessions, scrapes, p50Ms: at(0.5), p99Ms: at(0.99), textBytes, anonBytes };
};

/** Scrapes the real exporter process a thousand times at 100 sessions. Needs its bundle in dist/. */
export const benchScrape = async (): Promise<ScrapeNumbers> => {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-bench-scrape-'));
  const state = join(directory, 'state.json');
  await writeState(state);
  const args = ['--state', state, '--listen', '127.0.0.1:0'];
  const child = fork(program, args, {
    execArgv: flags,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  try {
    return await measure(child, state);
  } finally {
    child.kill();
    await ended;
    await rm(directory, { recursive: true, force: true });
  }
};
