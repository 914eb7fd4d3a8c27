import type { SessionLine, Status } from './state/document.ts';

/** Remembered at most; the oldest are forgotten first. */
const maxDeparted = 1000;

const keyOf = ({ server, session }: SessionLine): string => JSON.stringify([server, session]);

/**
 * The document leaves out a session that ended and is not declared. For as long as the grace time it is
 * shown as ended: an alert needs a 0, and a series that only stops says nothing.
 */
export class Departures {
  readonly #graceMs: number;
  #document: Status | null = null;
  #present = new Map<string, SessionLine>();
  /** In the order they left. */
  readonly #departed = new Map<string, SessionLine>();

  constructor(graceMs: number) {
    this.#graceMs = graceMs;
  }

  /**
   * @param document the usable one of now, or null: then nothing is learnt.
   * @param now ms since the epoch.
   * @returns the sessions that left within the grace time.
   */
  observe(document: Status | null, now: number): SessionLine[] {
    if (document && document !== this.#document) this.#compare(document, now);
    this.#forget(now);
    return [...this.#departed.values()];
  }

  #compare(document: Status, now: number): void {
    const present = new Map(document.sessions.map((session) => [keyOf(session), session]));
    for (const [key, session] of this.#present) {
      if (present.has(key)) continue;
      this.#departed.set(key, { ...session, declared: false, status: 'stopped', endedAt: now });
    }
    for (const key of present.keys()) this.#departed.delete(key);
    this.#document = document;
    this.#present = present;
  }

  #forget(now: number): void {
    let excess = this.#departed.size - maxDeparted;
    for (const [key, { endedAt }] of this.#departed) {
      if (excess <= 0 && now - (endedAt ?? 0) <= this.#graceMs) continue;
      this.#departed.delete(key);
      excess -= 1;
    }
  }
}
