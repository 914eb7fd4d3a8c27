import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Test } from 'tap';
import { listeningPort } from '../../e2e/listening-port.ts';
import { fetchText } from './exporter-process.ts';

export interface Result {
  metric: Record<string, string>;
  value: number;
}

export interface PrometheusServer {
  /** An instant query over its HTTP API. */
  query(expression: string): Promise<Result[]>;
  /** Asks again until `holds` of the results: scrapes tell nobody when they happen, and one may fail under load. */
  queryUntil(expression: string, holds: (results: Result[]) => boolean): Promise<Result[]>;
}

const configuration = (target: string): string => `
global: { scrape_interval: 500ms, scrape_timeout: 500ms }
scrape_configs:
  - job_name: holdfast
    static_configs: [{ targets: ['${target}'] }]
`;

const isReady = async ({ stderr }: ChildProcess): Promise<void> => {
  const said: string[] = [];
  for await (const line of createInterface({ input: stderr ?? Readable.from([]) })) {
    said.push(line);
    if (!line.includes('Server is ready to receive web requests')) continue;
    stderr?.resume();
    return;
  }
  throw new Error(`prometheus ended: ${said.join('\n')}`);
};

const queryOnce = async (port: number, expression: string): Promise<Result[]> => {
  const path = `/api/v1/query?query=${encodeURIComponent(expression)}`;
  const { text } = await fetchText(port, path);
  const { status, data, error } = JSON.parse(text);
  if (status !== 'success') throw new Error(`${expression}: ${error}`);
  return data.result.map(
    ({ metric, value }: { metric: Result['metric']; value: [number, string] }) => ({
      metric,
      value: Number(value[1]),
    }),
  );
};

const patienceMs = 60_000;

/** A real Prometheus that scrapes one target twice a second, with its data in a directory of its own. */
export const startPrometheus = async (t: Test, target: string): Promise<PrometheusServer> => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-prometheus-'));
  const config = join(directory, 'prometheus.yml');
  writeFileSync(config, configuration(target));
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${directory}/data`,
      // Not every release says which it got.
      '--web.listen-address=127.0.0.1:0',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = once(child, 'exit');
  t.teardown(async () => {
    child.kill('SIGKILL');
    await exited;
    rmSync(directory, { recursive: true, force: true });
  });
  await isReady(child);
  const port = listeningPort(child.pid ?? 0) ?? 0;
  const query = (expression: string) => queryOnce(port, expression);
  const queryUntil: PrometheusServer['queryUntil'] = async (expression, holds) => {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const results = await query(expression);
      if (holds(results)) return results;
      if (performance.now() > deadline)
        throw new Error(`${expression}: ${JSON.stringify(results)}`);
      await setTimeout(100);
    }
  };
  return { query, queryUntil };
};
