import type { LogFailure } from '../model/failure.ts';

export interface Condition {
  /** Asks for an fsync. */
  sync: boolean;
  isMet(): boolean;
}

interface Waiter extends Condition {
  resolve(): void;
  reject(failure: LogFailure): void;
}

/** Promises that wait for something to be stored. */
export class Waiters {
  #waiting: Waiter[] = [];

  /** True when one of them waits for an fsync. */
  get needSync(): boolean {
    return this.#waiting.some(({ sync }) => sync);
  }

  add({ sync, isMet }: Condition): Promise<void> {
    if (isMet()) return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ sync, isMet, resolve, reject });
    return promise;
  }

  resolveMet(): void {
    const met = this.#waiting.filter((waiter) => waiter.isMet());
    this.#waiting = this.#waiting.filter((waiter) => !met.includes(waiter));
    for (const waiter of met) waiter.resolve();
  }

  rejectAll(failure: LogFailure): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const waiter of waiting) waiter.reject(failure);
  }
}
