import type { Status } from './document.ts';

/** Why the state file cannot be used now. The label values of `holdfast_state_error`, a public contract. */
export const stateErrors = [
  'missing',
  'unreadable',
  'too-large',
  'malformed',
  'schema',
  'invalid',
  'previous-boot',
  'stale',
] as const;

export interface StateError {
  reason: (typeof stateErrors)[number];
  /** For a person; nothing from inside the file but names of fields. */
  detail: string;
}

/** What one look at the state file found. */
export interface StateReading {
  /** Null whenever `error` is not: what cannot be trusted is not shown. */
  document: Status | null;
  error: StateError | null;
  /** Null when there is no such file. */
  file: { mtimeMs: number; bytes: number } | null;
  /** The schema the document names, known also when it is not ours. */
  schema: number | null;
  /** The agent's heartbeat, known also when it is too old. ms since the epoch, and ms ago. */
  heartbeat: { at: number; ageMs: number } | null;
}
