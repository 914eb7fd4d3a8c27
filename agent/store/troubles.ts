import type { LogFailure } from '../model/failure.ts';

/** Commits, the files looked at between commits, and blobs. */
type What = 'events' | 'place' | 'blobs';

/** What keeps the log from storing, worst first; tells `onChange` when that becomes something else. */
export class Troubles {
  readonly #onChange: () => void;
  readonly #failures: Record<What, LogFailure | null> = { events: null, place: null, blobs: null };
  #told = '';

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get worst(): LogFailure | null {
    return this.#failures.events ?? this.#failures.place ?? this.#failures.blobs;
  }

  get events(): LogFailure | null {
    return this.#failures.events;
  }

  /** Null when it is over. */
  report(what: What, failure: LogFailure | null): void {
    this.#failures[what] = failure;
    const code = this.worst?.code ?? '';
    if (code === this.#told) return;
    this.#told = code;
    this.#onChange();
  }
}
