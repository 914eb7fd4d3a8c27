import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Trace } from './foretold.ts';
import { createRandom } from './random.ts';

export interface NamedTrace extends Trace {
  name: string;
}

interface Recorded {
  name: string;
  about: string;
  everySeconds: number;
  kilobytes: number[];
}

const file = join(import.meta.dirname, '../../fixtures/forecast/recorded.ndjson');

/** Real programs, each as it was measured from its beginning (`record/`). */
export const recorded = (): NamedTrace[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded)
    .filter(({ name }) => name !== 'machine')
    .map(({ name, everySeconds, kilobytes }) => ({
      ...{ name, everySeconds },
      values: kilobytes.map((kilobyte) => kilobyte * 1024),
    }));

const blockSeconds = 600;

/**
 * A day made of a recorded trace: first the trace, then blocks of ten minutes of its second half in an order of chance. No program
 * ran for a day: only what lasts less than a block is as it was.
 */
export const resampled = ({ name, everySeconds, values }: NamedTrace, seed: number): NamedTrace => {
  const random = createRandom(seed);
  const block = blockSeconds / everySeconds;
  const half = Math.floor(values.length / 2);
  const day = [...values];
  while (day.length * everySeconds < 86_400) {
    const from = half + Math.floor(random() * (values.length - half - block));
    day.push(...values.slice(from, from + block));
  }
  return { name, everySeconds, values: day };
};
