import type { CheckStatus } from '../../model/health.ts';

export interface Agreement {
  readonly failAfter: number;
  readonly outOf: number;
}

export interface Counted {
  readonly level: CheckStatus | null;
  /** Since the level changed, the newest last, at most `outOf`. */
  readonly recent: readonly CheckStatus[];
}

/** A failure is no better than degraded. */
const counts = (status: CheckStatus, towards: CheckStatus): boolean =>
  status === towards || (towards === 'degraded' && status === 'failed');

/** The gravest level that so many of the last looks agree on; null: none. */
const agreed = (recent: readonly CheckStatus[], least: number): CheckStatus | null =>
  (['failed', 'waiting', 'degraded', 'ok'] as const).find(
    (level) => recent.filter((status) => counts(status, level)).length >= least,
  ) ?? null;

/**
 * One look more. The level changes when `failAfter` of the last `outOf` looks since it changed last agree on another: for
 * better as for worse. Only the first look of all may say at once that all is well.
 */
export const counted = (
  { level, recent }: Counted,
  status: CheckStatus,
  { failAfter, outOf }: Agreement,
): Counted => {
  if (level === null && recent.length === 0 && status === 'ok') return { level: 'ok', recent: [] };
  const looks = [...recent, status].slice(-outOf);
  const next = agreed(looks, failAfter);
  return next === null || next === level ? { level, recent: looks } : { level: next, recent: [] };
};
