import type { KindName } from '../../../agent/tell/journal/kinds.ts';

export interface Explanation {
  /** The heading `journalctl -x` shows. */
  subject: string;
  meaning: string;
  /** What to look at, and what to do. */
  look: string;
}

/** Of the kinds with these first words. A kind without a text does not compile. */
export type Explanations<First extends string> = {
  readonly [Name in KindName as Name extends `${First}.${string}` ? Name : never]: Explanation;
};
