import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { aDocument, manySessions } from '../exporters/prometheus/document.ts';

const sessions = 100;
const scrapes = 1000;

/** Run as it is in production: its bundle, with the flags `holdfast up` gives its children. */
const program = join(import.meta.dirname, '../../dist/holdfast-exporter.js');
const flags = ['--max-semi-space-size=1'];

export interface ScrapeNumbers {
  sessions: number;
  scrapes: number;
  /** Time of one scrape, 20 ms after the one before, of a state file that has just been written again: ms. */
  p50Ms: number;
  p99Ms: number;
  /** The size of what is scraped. */
  textBytes: number;
  /** Anonymous memory of the exporter: the most seen after scrapes half a second apart, and 20 ms apart. */
  anonBytes: { paced: number; hurried: number };
}

interface Exporter {
  pid: number | undefined;
  port: number;
  state: string;
}

const anonBytesOf = async ({ pid }: Exporter): Promise<number> => {
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

/** Times of `count` scrapes in ms, and the most anonymous memory seen in between. */
const scrapeMany = async (exporter: Exporter, count: number, pauseMs: number) => {
  const agent = new Agent({ keepAlive: true });
  const timesMs: number[] = [];
  let anonBytes = 0;
  let textBytes = 0;
  for (let i = 0; i < count; i += 1) {
    await writeState(exporter.state);
    const began = performance.now();
    textBytes = await scrape(exporter.port, agent);
    timesMs.push(performance.now() - began);
    await setTimeout(pauseMs);
    anonBytes = Math.max(anonBytes, await anonBytesOf(exporter));
  }
  agent.destroy();
  return { timesMs: timesMs.sort((a, b) => a - b), anonBytes, textBytes };
};

const measure = async (exporter: Exporter): Promise<ScrapeNumbers> => {
  const { timesMs, textBytes, ...hurried } = await scrapeMany(exporter, scrapes, 20);
  const paced = await scrapeMany(exporter, 20, 500);
  const at = (share: number): number => timesMs[Math.floor(scrapes * share)] ?? 0;
  const anonBytes = { paced: paced.anonBytes, hurried: hurried.anonBytes };
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
    const [{ port }] = await once(child, 'message');
    return await measure({ pid: child.pid, port, state });
  } finally {
    child.kill();
    await ended;
    await rm(directory, { recursive: true, force: true });
  }
};
