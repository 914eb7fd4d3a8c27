import { LogFailure } from '../model/failure.ts';

/** Troubles that are not an error of the disk. */

export const queueFull = (): LogFailure =>
  new LogFailure('log-queue-full', 'too many events wait for the disk: new ones are given up', {
    retryable: true,
  });

export const stalled = (ms: number): LogFailure =>
  new LogFailure('log-stalled', `the disk has not taken a commit for ${ms / 1000} s`, {
    retryable: true,
  });

export const logClosed = (): LogFailure => new LogFailure('log-closed', 'the log is closed');

/** What keeps the log from storing, worst first; tells `onChange` when that becomes something else. */
export class Troubles {
  readonly #onChange: () => void;
  #events: LogFailure | null = null;
  #blobs: LogFailure | null = null;
  #reported = '';

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get worst(): LogFailure | null {
    return this.#events ?? this.#blobs;
  }

  set events(failure: LogFailure | null) {
    this.#events = failure;
    this.#report();
  }

  get events(): LogFailure | null {
    return this.#events;
  }

  set blobs(failure: LogFailure | null) {
    this.#blobs = failure;
    this.#report();
  }

  #report(): void {
    const code = this.worst?.code ?? '';
    if (code === this.#reported) return;
    this.#reported = code;
    this.#onChange();
  }
}
