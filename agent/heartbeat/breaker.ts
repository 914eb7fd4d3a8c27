import { Failure } from '../model/failure.ts';
import type { Heartbeat } from './contract.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** So many within `windowMs` open it. */
  failures: number;
  windowMs: number;
  /** How long it stays open before one attempt is let through. */
  probeAfterMs: number;
  /** ms, of a clock that never jumps; performance.now without it. */
  now?: () => number;
  /** Told as counters: `NAME.opened`, `NAME.probed`, `NAME.closed`. It is open where it opened more often than it closed. */
  beat?: Pick<Heartbeat, 'count'>;
  /** Without it `breaker`. */
  name?: string;
}

/** One attempt that was let through. What it says first counts, and nothing once the breaker has moved on. */
export interface Attempt {
  succeeded(): void;
  failed(): void;
}

/** Keeps a bot from calling what fails anyway. */
export interface Breaker {
  readonly state: BreakerState;
  /** How often it opened. */
  readonly trips: number;
  /** Null: not now. */
  attempt(): Attempt | null;
  /** @throws Failure `breaker-open` without calling; else whatever `act` throws */
  run<T>(act: () => Promise<T> | T): Promise<T>;
}

export const createBreaker = ({
  failures,
  windowMs,
  probeAfterMs,
  now = () => performance.now(),
  beat,
  name = 'breaker',
}: BreakerOptions): Breaker => {
  /** When it failed, while closed. */
  let failedAt: number[] = [];
  /** When it opened, or the last probe began. */
  let heldAt: number | null = null;
  let probing = false;
  let trips = 0;
  /** Attempts of before the last change say nothing of now. */
  let era = 0;

  const open = (): void => {
    if (!probing) {
      trips += 1;
      beat?.count(`${name}.opened`);
    }
    [failedAt, heldAt, probing, era] = [[], now(), false, era + 1];
  };

  const close = (): void => {
    beat?.count(`${name}.closed`);
    [failedAt, heldAt, probing, era] = [[], null, false, era + 1];
  };

  const fail = (): void => {
    const at = now();
    failedAt = [...failedAt.filter((before) => at - before < windowMs), at];
    if (probing || failedAt.length >= failures) open();
  };

  /** Of the present era; a probe is one by itself. */
  const through = (): Attempt => {
    const mine = era;
    const settle = (act: () => void) => (): void => {
      if (mine === era) act();
    };
    return {
      succeeded: settle(() => {
        if (probing) close();
      }),
      failed: settle(fail),
    };
  };

  const attempt = (): Attempt | null => {
    if (heldAt === null) return through();
    // A probe that never says how it went is as one that failed.
    if (now() - heldAt < probeAfterMs) return null;
    beat?.count(`${name}.probed`);
    [heldAt, probing, era] = [now(), true, era + 1];
    return through();
  };

  return {
    get state() {
      if (heldAt === null) return 'closed';
      return probing ? 'half-open' : 'open';
    },
    get trips() {
      return trips;
    },
    attempt,
    async run(act) {
      const tried = attempt();
      if (tried === null) throw new Failure('breaker-open', `${name} is open`, { retryable: true });
      try {
        const result = await act();
        tried.succeeded();
        return result;
      } catch (error) {
        tried.failed();
        throw error;
      }
    },
  };
};
