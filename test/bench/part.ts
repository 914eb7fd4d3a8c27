import type { Row } from './row.ts';

export interface Effort {
  /** A try-out: fewer kills and shorter windows, so the figures say less. */
  quick: boolean;
  /** One line about what happens now; the next takes its place. */
  progress(text: string): void;
}

/** One thing that can be measured by itself. */
export interface Part {
  name: string;
  /** Completes "measures …". */
  about: string;
  measure(effort: Effort): Promise<Row[]>;
}

/** The budgets are for so many sessions. */
export const usualSessions = 100;
