import { spawnSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { labelValue } from '../../../exporters/prometheus/label.ts';
import { aDocument, aSession } from './document.ts';
import { fetchText, startExporter } from './exporter-process.ts';
import { startPrometheus } from './prometheus-server.ts';
import { readExposition } from './read-exposition.ts';

const missing =
  spawnSync('prometheus', ['--version']).error !== undefined &&
  'prometheus is not installed (package prometheus)';

const hostileNames = [
  'plain',
  'with "quotes" and \\backslashes\\',
  'two\nlines\r\n',
  '{a="b"} 1 # {} 2',
  'na\u00efve \u65e5\u672c\u8a9e \u{1f600}\u200d\u{1f525}',
  '\u0000\u0001\u001b[31m\u007f\u0085\u2028',
  '\ud800 lone',
  'x'.repeat(200),
  '\u{1f600}'.repeat(200),
  'y'.repeat(5000),
];

t.test('a real Prometheus scrapes the real exporter', { skip: missing }, async (t) => {
  const state = join(t.testdir(), 'state.json');
  const write = (fields: Partial<StatusDocument>): void => {
    writeFileSync(`${state}.tmp`, JSON.stringify(aDocument({ writtenAt: Date.now(), ...fields })));
    renameSync(`${state}.tmp`, state);
  };
  const sessions = hostileNames.map((session, i) => aSession({ session, panes: i }));
  write({ sessions });

  const args = ['--state', state, '--listen', '127.0.0.1:0', '--stale-after', '1h'];
  const port = (await startExporter(t, args).ready)?.port ?? 0;
  const { text } = await fetchText(port);
  const checked = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  t.strictSame(
    [checked.status, checked.stdout, checked.stderr],
    [0, '', ''],
    'promtool is content',
  );

  const prometheus = await startPrometheus(t, `127.0.0.1:${port}`);
  const count = readExposition(text).length;
  await prometheus.queryUntil('scrape_samples_scraped', ([taken]) => taken?.value === count);
  t.pass('it took every sample');

  const all = (results: readonly unknown[]): boolean => results.length === hostileNames.length;
  const panes = await prometheus.queryUntil('holdfast_session_panes', all);
  t.strictSame(
    new Map(panes.map(({ metric, value }) => [metric['session'], value])),
    new Map(hostileNames.map((name, i) => [labelValue(name), i])),
    'every name arrives',
  );

  const quantile = 'histogram_quantile(0.5, holdfast_sessions_lifetime_seconds_bucket)';
  const [median] = await prometheus.queryUntil(quantile, ([median]) => median !== undefined);
  t.ok(median && median.value > 600 && median.value <= 3600, 'the histogram is one');

  write({ sessions, writtenAt: Date.now() - 7_200_000 });
  await prometheus.queryUntil(
    'holdfast_state_error{reason="stale"}',
    ([stale]) => stale?.value === 1,
  );
  t.strictSame(await prometheus.query('holdfast_session_up'), [], 'no old numbers');
  t.strictSame(await prometheus.query('holdfast_sessions_created_total'), []);
  const age = 'holdfast_agent_heartbeat_age_seconds';
  await prometheus.queryUntil(age, ([age]) => (age?.value ?? 0) > 3600);
  t.pass('but how old they are');
});
