import { strict as assert } from 'node:assert';
import { sessionCount } from '../deployed/settings.ts';
import type { Machine } from '../machine.ts';
import type { Check, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

const textfile: Check = {
  name: 'node_exporter serves our textfile, on loopback only',
  async run({ machine }) {
    const up = 'holdfast_session_up{';
    const text = await until(
      'our metrics',
      async () => {
        const body = await machine.must('curl -sS http://127.0.0.1:9100/metrics');
        return body.includes(up) ? body : null;
      },
      60_000,
    );
    assert.equal(text.split('\n').filter((line) => line.startsWith(up)).length, sessionCount);
    const listening = await machine.must("ss -Hltn | awk '{print $4}'");
    for (const address of listening.split('\n')) {
      assert.match(
        address,
        /^(127\.|\[::1\]|127\.0\.0\.\d+%lo|0\.0\.0\.0:22$|\[::\]:22$|\*:22$)/,
        listening,
      );
    }
  },
};

/** How many sessions are up by each of the two jobs, once both know. */
const scraped = async (machine: Machine): Promise<number[]> => {
  const query = 'count by (job) (holdfast_session_up == 1)';
  const ask = `curl -sS --get --data-urlencode 'query=${query}' http://127.0.0.1:19090/api/v1/query`;
  const text = await machine.must(ask);
  const { data } = JSON.parse(text) as {
    data: { result: { value: [at: number, text: string] }[] };
  };
  if (data.result.length === 2) return data.result.map(({ value }) => Number(value[1]));
  const targets = 'curl -sS http://127.0.0.1:19090/api/v1/targets';
  throw new Error(`${text}\n${await machine.must(targets)}`);
};

const prometheus: Check = {
  name: 'a real Prometheus scrapes node_exporter and the exporter',
  async run({ machine }) {
    const exporter = await machine.must("ss -Hltnp | grep -o '127.0.0.1:97[0-9]*' | head -n 1");
    const config = `
global: {scrape_interval: 15s, scrape_timeout: 15s}
scrape_configs:
  - {job_name: node, static_configs: [{targets: ['127.0.0.1:9100']}]}
  - {job_name: holdfast, static_configs: [{targets: ['${exporter}']}]}`;
    await machine.must('cat >/tmp/lab-prometheus.yml', { stdin: config });
    const start =
      '/opt/prometheus/usr/bin/prometheus --config.file=/tmp/lab-prometheus.yml --storage.tsdb.path=/tmp/lab-tsdb';
    await machine.must(
      `systemd-run --quiet --collect --unit=lab-prometheus ${start} --web.listen-address=127.0.0.1:19090`,
    );
    try {
      const counts = await until('both are scraped', () => scraped(machine), 300_000);
      assert.deepEqual(new Set(counts), new Set([sessionCount]));
    } finally {
      await machine.must('systemctl stop lab-prometheus');
    }
  },
};

export const metrics: Suite = {
  name: 'metrics',
  about: 'what Prometheus gets',
  after: deploy,
  checks: [textfile, prometheus],
};
