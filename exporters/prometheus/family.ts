export type Labels = Readonly<Record<string, string>>;

/** One line of the exposition. `suffix` is what a histogram appends to its name: `_bucket`, `_sum`, `_count`. */
export interface Sample {
  labels: Labels;
  value: number;
  suffix?: string;
}

/** What is documented of a metric family (docs/METRICS.md is made of these). */
export interface FamilyInfo {
  name: string;
  type: 'gauge' | 'counter' | 'histogram';
  help: string;
  labels: readonly string[];
}

/** A metric family and where its values come from; no samples means that its series are absent. */
export interface Family<Input> extends FamilyInfo {
  samples: (input: Input) => Sample[];
}

/** The sample of a family without labels; null means absent. */
export const single = (value: number | null): Sample[] =>
  value === null ? [] : [{ labels: {}, value }];

/** 1 for the value that holds now and 0 for the others, so that every series exists from the start. */
export const stateSet = (
  label: string,
  values: readonly string[],
  current: string | null,
  labels: Labels = {},
): Sample[] =>
  values.map((value) => ({
    labels: { ...labels, [label]: value },
    value: value === current ? 1 : 0,
  }));
