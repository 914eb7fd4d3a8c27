import Registry, { type Value } from 'prom-client/lib/registry.js';
import type { Collector } from './collector.ts';
import type { FamilyInfo, Sample } from './family.ts';
import { type Collection, collectAll, frameFamilies, type Run } from './frame.ts';
import type { View } from './view.ts';

const byName = (a: FamilyInfo, b: FamilyInfo): number => (a.name < b.name ? -1 : 1);

const noLabels = {};

const nothing: Collection['samples'] = new Map();

/** The labels of a sample are shared: the registry writes them out once for all samples that have the object. */
const asValue =
  (family: string) =>
  ({ labels, value, suffix = '' }: Sample): Value => ({
    labels: noLabels,
    sharedLabels: labels,
    value,
    metricName: family + suffix,
  });

/**
 * Renders collections as text, families sorted by name.
 *
 * Its metrics are constants of one collection. The package's own Counter can only be incremented, its
 * Histogram only observe, and both keep every label set for ever; our totals are counted by the agent.
 */
export class Exposition {
  readonly #registry = new Registry();
  readonly #collectors: readonly Collector[];
  readonly #monotonic: () => number;
  #samples: Collection['samples'] = nothing;

  /** @throws Error when two families have one name. */
  constructor(collectors: readonly Collector[], monotonic: () => number = () => performance.now()) {
    this.#collectors = collectors;
    this.#monotonic = monotonic;
    const families = [...collectors.flatMap(({ families }) => families), ...frameFamilies];
    for (const family of families.sort(byName)) this.#register(family);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  #register({ name, help, type }: FamilyInfo): void {
    const get = () => {
      const samples = this.#samples.get(name) ?? [];
      return { name, help, type, values: samples.map(asValue(name)) };
    };
    this.#registry.registerMetric({ name, get });
  }

  /** The text of one collection, and how its collectors fared. */
  async render(view: View): Promise<{ text: string; runs: readonly Run[] }> {
    const collection = collectAll(this.#collectors, view, this.#monotonic);
    // The registry asks every metric for its values before it first awaits: no two renders can mix.
    this.#samples = collection.samples;
    const text = this.#registry.metrics();
    this.#samples = nothing;
    return { text: await text, runs: collection.runs };
  }
}
