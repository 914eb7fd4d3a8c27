import type { Grade, Said } from './grade.ts';
import type { ServerKind } from './ground/ground.ts';
import type { RivalsTable } from './lab/compare.ts';
import type { Expected } from './way.ts';

/** One run of one way. */
export interface Outcome {
  matter: string;
  way: string;
  server: ServerKind;
  /** The truth, what was said, and how far they agree; or why it could not be told. */
  result: { expected: Expected; said: Said; grade: Grade } | { broken: string };
}

/** A way that was not tried. */
export interface Skipped {
  way: string;
  because: string;
}

/** What was run in one place. */
export interface Part {
  /** Whether the kernel was asked who sends signals. */
  traced: boolean;
  seconds: number;
  outcomes: readonly Outcome[];
  skipped: readonly Skipped[];
  /** Who else would have named the killers; null: nobody was asked. */
  comparison: RivalsTable | null;
  /** What went wrong beside the ways themselves, so that not all was tried. */
  troubles: readonly string[];
}
