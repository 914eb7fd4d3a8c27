import { join } from 'node:path';

/** What `holdfast up` runs: its bundle beside ours, and in a checkout its source. */
export const programs = {
  agent: { bundle: 'holdfast-agent', source: 'agent/main.ts' },
  link: { bundle: 'holdfast-link', source: 'agent/link/main.ts' },
  witness: { bundle: 'holdfast-witness', source: 'agent/witness/main.ts' },
  exporter: { bundle: 'holdfast-exporter', source: 'exporters/prometheus/main.ts' },
  notifier: { bundle: 'holdfast-notifier', source: 'exporters/notifier/main.ts' },
} as const satisfies Readonly<Record<string, { bundle: string; source: string }>>;

export type ChildName = keyof typeof programs;

/** The bundle beside our own bundle; in a checkout run from source, the source. */
export const programFile = (
  name: ChildName,
  self: { filename: string; dirname: string } = import.meta,
): string => {
  const { bundle, source } = programs[name];
  return self.filename.endsWith('.ts')
    ? join(self.dirname, '../../..', source)
    : join(self.dirname, `${bundle}.js`);
};
