import type { Collector } from './collector.ts';
import type { Family, Sample } from './family.ts';
import type { View } from './view.ts';

/** How one collector fared in one collection. */
export interface Run {
  collector: string;
  durationMs: number;
  error: unknown;
}

export interface Collection {
  /** Samples by family name. */
  samples: Map<string, Sample[]>;
  runs: Run[];
}

const perRun =
  (value: (run: Run) => number) =>
  (runs: readonly Run[]): Sample[] =>
    runs.map((run) => ({ labels: { collector: run.collector }, value: value(run) }));

/** The families of the frame itself: how each collector fared. */
export const frameFamilies: readonly Family<readonly Run[]>[] = [
  {
    name: 'holdfast_exporter_collector_success',
    type: 'gauge',
    help: 'Whether a collector succeeded; the series of one that failed are absent.',
    labels: ['collector'],
    samples: perRun((run) => (run.error === undefined ? 1 : 0)),
  },
  {
    name: 'holdfast_exporter_collector_duration_seconds',
    type: 'gauge',
    help: 'Time a collector took.',
    labels: ['collector'],
    samples: perRun((run) => run.durationMs / 1000),
  },
];

const attempt = (
  collector: Collector,
  view: View,
): { samples: Collection['samples']; error: unknown } => {
  try {
    return { samples: collector.collect(view), error: undefined };
  } catch (error) {
    return { samples: new Map(), error: error ?? 'thrown without a reason' };
  }
};

/**
 * Runs every collector on one view. A failing one loses its own series and nothing else: in the
 * registry package a single rejecting metric fails the whole scrape, so nothing may throw in there.
 * @param monotonic ms of a clock that never jumps.
 */
export const collectAll = (
  collectors: readonly Collector[],
  view: View,
  monotonic: () => number,
): Collection => {
  const samples: Collection['samples'] = new Map();
  const runs = collectors.map((collector): Run => {
    const startedAt = monotonic();
    const result = attempt(collector, view);
    for (const [family, lines] of result.samples) samples.set(family, lines);
    return { collector: collector.name, durationMs: monotonic() - startedAt, error: result.error };
  });
  for (const family of frameFamilies) samples.set(family.name, family.samples(runs));
  return { samples, runs };
};
