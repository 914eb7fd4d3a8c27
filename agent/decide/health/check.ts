import type { HealthChecks } from '../../model/config/health.ts';
import type { HostSample } from '../../model/events/measures.ts';
import type { CheckStatus, Finding } from '../../model/health.ts';
import type { LifeSample } from '../../model/samples.ts';

/** What a check may look at. */
export interface Seen {
  now: number;
  /** When it was looked at before, ms since the epoch; 0: never. */
  lookedAt: number;
  /** When the clock was last set, or the machine woke up, ms since the epoch: nobody was silent before; absent: never. */
  clockSetAt?: number;
  sample: LifeSample;
  host: HostSample | null;
  /** Whether a pattern is in the last lines of the screen; null: there is no screen to look at. */
  screenHas: ((pattern: string) => boolean) | null;
  /** Why no link is asked now; null or absent: one is. */
  unasked?: string | null;
  /** What enough looks of this check agreed on before; null or absent: nothing yet. */
  level?: CheckStatus | null;
}

/** One thing that is looked at; null: nothing new is known, and the look does not count. Pure. */
export type Check<Settings> = (seen: Seen, settings: Settings) => Finding | null;

export type Checks = { [K in keyof HealthChecks]-?: Check<NonNullable<HealthChecks[K]>> };

/** A link tells of each session every five seconds; what is older says nothing of now. ms */
const staleMs = 30_000;

export const isFresh = ({ now, sample }: Seen): boolean => now - sample.lastSeen <= staleMs;

export const found = (status: Finding['status'], reason: string): Finding => ({ status, reason });

/** Nothing is expected now: what was found before still holds, and where that was well, or nothing, all is well. */
export const unexpected = ({ level = null }: Seen, reason: string): Finding | null =>
  level === null || level === 'ok' ? found('ok', reason) : null;
