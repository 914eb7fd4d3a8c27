/** Why something was not heard: stable strings, counted. */
export const refusals = [
  /** The kernel does not say who connected, or he is gone. */
  'unknown-peer',
  /** He runs in no session that is known. */
  'no-session',
  'too-many-connections',
  'too-many-bots',
  'too-fast',
  'not-a-beat',
  /** Another process of the session is that bot. */
  'rival',
] as const;

export type Refusal = (typeof refusals)[number];
