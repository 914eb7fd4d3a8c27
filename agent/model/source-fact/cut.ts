import type { FactBase } from './base.ts';

/** Not all that a source has of that time was read: `text` says what is not among its facts, and why. */
export interface Cut extends FactBase {
  kind: 'cut';
}
