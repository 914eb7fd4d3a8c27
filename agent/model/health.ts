/** How a session is, beyond that it is there; stable strings, a public contract (docs/guides/health-monitoring.md). */
export const healthStatuses = ['starting', 'healthy', 'degraded', 'waiting', 'failed'] as const;

export type HealthStatus = (typeof healthStatuses)[number];

/** What may be looked at, in the order it is shown. */
export const checkNames = [
  ...(['output', 'screen', 'http', 'tcp', 'command'] as const),
  ...(['shell', 'memory', 'cpu', 'pressure', 'heartbeat'] as const),
  ...(['messages', 'canary'] as const),
] as const;

export type CheckName = (typeof checkNames)[number];

/** What one look at one check finds. `waiting`: for a person, which is no failure. */
export const checkStatuses = ['ok', 'degraded', 'waiting', 'failed'] as const;

export type CheckStatus = (typeof checkStatuses)[number];

export interface Finding {
  readonly status: CheckStatus;
  /** For people, redacted, at most `maxReason` characters. */
  readonly reason: string;
}

export const maxReason = 200;

/** The answer to one probe that the link carried out. */
export interface ProbeSample extends Finding {
  /** When it was given, ms since the epoch. */
  readonly at: number;
}

/** One check as it stands. */
export interface CheckSample {
  readonly check: CheckName;
  /** What enough looks agreed on; null: not yet. */
  readonly level: CheckStatus | null;
  /** Of the last look that found `level`. */
  readonly reason: string;
  /** What the last looks found since the level changed, the newest last. */
  readonly recent: readonly CheckStatus[];
  readonly last: (Finding & { readonly at: number }) | null;
  /** Why it is not looked at, and says nothing; absent: it is. */
  readonly unasked?: string;
}

/** The health of one life in memory: what the event log does not have. */
export interface HealthSample {
  readonly lookedAt: number;
  readonly checks: readonly CheckSample[];
}

/** Of one life: it is forgotten when that is over. */
export interface Health {
  life: string;
  status: HealthStatus;
  /** Since when it is so, ms since the epoch. */
  since: number;
  /** The check that decided it; null: all of them, or none yet. */
  check: CheckName | null;
  reason: string;
}
