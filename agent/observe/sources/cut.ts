import type { Cut } from '../../model/source-fact/cut.ts';

/** What a reading may leave out: `cut` says so, in words that follow a colon; null: it is whole. */
export interface Bounded<T> {
  found: T;
  cut: string | null;
}

/** What a source left out, as facts of its own at `at`: a verdict has them among what it lacks. */
export const cutFacts = (source: string, at: number, ...cuts: readonly (string | null)[]): Cut[] =>
  [...new Set(cuts)].flatMap((text) =>
    text === null ? [] : [{ kind: 'cut' as const, at, source, text }],
  );
