import { join } from 'node:path';

export type ChildName = 'agent' | 'link' | 'exporter';

const bundles: Readonly<Record<ChildName, string>> = {
  agent: 'holdfast-agent.js',
  link: 'holdfast-link.js',
  exporter: 'holdfast-exporter.js',
};

const sources: Readonly<Record<ChildName, string>> = {
  agent: 'agent/main.ts',
  link: 'agent/link/main.ts',
  exporter: 'exporters/prometheus/main.ts',
};

/** The bundle beside our own bundle; in a checkout run from source, the source. */
export const programFile = (
  name: ChildName,
  self: { filename: string; dirname: string } = import.meta,
): string =>
  self.filename.endsWith('.ts')
    ? join(self.dirname, '../../..', sources[name])
    : join(self.dirname, bundles[name]);
