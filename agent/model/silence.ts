import type { Requester } from './events/action.ts';

export interface Silence {
  silence: string;
  /** Null: everything. */
  session: string | null;
  /** Where that session is; null, or absent in older logs: on every server. */
  server?: string | null;
  at: number;
  until: number;
  reason: string;
  by: Requester;
}

/** More than people have reasons for. */
export const maxSilences = 100;

/** Of these, as many as one user may have who is no operator. */
export const maxSilencesOfOne = 20;
