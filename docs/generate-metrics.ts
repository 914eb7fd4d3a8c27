import { collectors } from '../exporters/prometheus/collectors.ts';
import type { FamilyInfo } from '../exporters/prometheus/family.ts';
import { frameFamilies } from '../exporters/prometheus/frame.ts';
import { keepCurrent } from './keep-current.ts';

/** Writes docs/METRICS.md; with --check it only says whether it is current. */

interface Group {
  name: string;
  about: string;
  families: readonly FamilyInfo[];
}

const frame: Group = {
  name: 'collectors',
  about: 'How each group above fared in this collection; one that fails takes no other with it.',
  families: frameFamilies,
};

const row = ({ name, type, labels, help }: FamilyInfo): string =>
  `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |`;

const section = ({ name, about, families }: Group): string =>
  [
    `## ${name}`,
    '',
    about,
    '',
    '| metric | type | labels | |',
    '|---|---|---|---|',
    ...families.map(row),
    '',
  ].join('\n');

const introduction = `# Metrics

<!-- Written by docs/generate-metrics.ts from exporters/prometheus/collectors/: change it there. -->

The exporter reads the agent's \`state.json\` and nothing else. It gives Prometheus its metrics in two ways, both at once
if you like:

- \`--listen 127.0.0.1:9798\` serves \`/metrics\` (text format 0.0.4), and \`/healthz\`, which answers \`ok\` while the exporter
  itself works. Addresses that other machines can reach also need \`--listen-public\`: metrics name your sessions. Under
  systemd \`IPAddressAllow=\` of \`holdfast-exporter.service\` says who may ask at all, which is this machine.
- \`--textfile DIR\` writes \`DIR/holdfast.prom\` for node_exporter's textfile collector, every \`--interval\`, and removes it
  when it is stopped.

\`\`\`yaml
# prometheus.yml
scrape_configs:
  - job_name: holdfast
    static_configs:
      - targets: ['127.0.0.1:9798']
\`\`\`

What is not known now is absent, never an old number. When the state file is missing, damaged, of a schema this exporter
does not know, from before the last boot, or when the agent's heartbeat in it is older than \`--stale-after\` (60 s), then
\`holdfast_state_readable\` is 0, \`holdfast_state_error\` names the reason, and everything that comes from the file is absent.
So the first alert to have is \`holdfast_state_readable == 0 or absent(holdfast_state_readable)\`.

Times are Unix times or durations in seconds, sizes are in bytes, ratios go from 0 to 1 (processor use: 1 is one processor).
Names of sessions stand in labels as they are, up to 400 UTF-16 units; of a longer one the end is replaced by a hash.
`;

const text = [introduction, ...[...collectors, frame].map(section)].join('\n');

keepCurrent(import.meta.filename, { 'docs/METRICS.md': text });
