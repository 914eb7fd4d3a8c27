import { nextWait, type Pace } from '../../../../agent/model/backoff.ts';
import type { TelegramStatus } from '../../../../agent/model/status/notifier-status.ts';
import { isUnauthorized, type TelegramFailure } from '../api/failure.ts';
import { pollingTexts } from '../texts/polling.ts';

/** How long to wait after what failed, ms. */
export interface PollWaits {
  network: Pace;
  conflict: Pace;
  unauthorized: number;
}

export const usualWaits: PollWaits = {
  network: { first: 1000, longest: 60_000 },
  conflict: { first: 30_000, longest: 5 * 60_000 },
  unauthorized: 10 * 60_000,
};

export type TroubleKind = Exclude<TelegramStatus['polling'], 'ok'>;

/** What failed so far. */
export interface TroubleHistory {
  /** What lasts, and the wait after it, ms; null while polling goes well. */
  current: { kind: TroubleKind; waitMs: number } | null;
  /** ms since the epoch. */
  lastConflictAt: number;
}

export const noTrouble: TroubleHistory = {
  current: null,
  lastConflictAt: Number.NEGATIVE_INFINITY,
};

export const afterRecovery = (history: TroubleHistory): TroubleHistory => ({
  ...history,
  current: null,
});

export interface Judgement {
  kind: TroubleKind;
  waitMs: number;
  /** What to say of it; null where that was said already. */
  explanation: string | null;
  history: TroubleHistory;
}

/** However long a server asks us to wait: a longer timer would also be none at all (Node: 2^31 - 1 ms). */
const longestWaitMs = 10 * 60_000;

/** A conflict after a longer time is another one. */
const conflictLastsMs = 60 * 60_000;

const kindOf = (failure: TelegramFailure): TroubleKind => {
  if (isUnauthorized(failure)) return 'unauthorized';
  return failure.status === 409 ? 'conflict' : 'waiting';
};

const explain = (kind: TroubleKind, message: string): string => {
  if (kind !== 'conflict') return pollingTexts[kind];
  return /webhook/i.test(message) ? pollingTexts.webhook : pollingTexts.conflict;
};

const askedWait = ({ retryAfterMs }: TelegramFailure): number =>
  retryAfterMs !== null && retryAfterMs > 0 ? Math.min(retryAfterMs, longestWaitMs) : 0;

/**
 * What a failed getUpdates means: how long to wait, and whether it is news.
 * @param now ms since the epoch
 */
export const judge = (
  history: TroubleHistory,
  failure: TelegramFailure,
  now: number,
  waits: PollWaits,
): Judgement => {
  const kind = kindOf(failure);
  const last = history.current?.kind === kind ? history.current.waitMs : null;
  // Two programs take turns in getting conflicts, and each goes well for a while in between.
  const isFirstConflict = now - history.lastConflictAt > conflictLastsMs;
  const isNews = last === null && (kind !== 'conflict' || isFirstConflict);
  const waitAfter = (): number => {
    if (kind === 'unauthorized') return waits.unauthorized;
    if (kind === 'conflict') return isFirstConflict ? waits.conflict.first : waits.conflict.longest;
    return Math.max(nextWait(last, waits.network), askedWait(failure));
  };
  const waitMs = waitAfter();
  return {
    ...{ kind, waitMs, explanation: isNews ? explain(kind, failure.message) : null },
    history: {
      current: { kind, waitMs },
      lastConflictAt: kind === 'conflict' ? now : history.lastConflictAt,
    },
  };
};
