import type { Family, FamilyInfo, Sample } from './family.ts';
import type { View } from './view.ts';

/** A group of metrics, as in node_exporter. */
export interface Collector {
  name: string;
  about: string;
  families: readonly FamilyInfo[];
  /** Samples by the name of their family; may throw, the frame contains it. */
  collect(view: View): Map<string, Sample[]>;
}

export interface CollectorSpec<Input> {
  name: string;
  about: string;
  /** What the families are about; null when it is not known now: then none of their series exist. */
  input: (view: View) => Input | null;
  families: readonly Family<Input>[];
}

export const collector = <Input>(spec: CollectorSpec<Input>): Collector => ({
  ...spec,
  collect: (view) => {
    const input = spec.input(view);
    if (input === null) return new Map();
    return new Map(spec.families.map(({ name, samples }) => [name, samples(input)]));
  },
});
