export interface Report {
  /** @param detail what is known of it beside its reason. */
  began(reason: string, detail: unknown): void;
  ended(reason: string): void;
}

/** A trouble that lasts is said once when it begins, once when its reason changes, once when it is over. */
export class Episode {
  readonly #report: Report;
  #reason: string | null = null;

  constructor(report: Report) {
    this.#report = report;
  }

  /** @param reason of the trouble there is now; null for none. */
  observe(reason: string | null, detail?: unknown): void {
    if (reason === this.#reason) return;
    const before = this.#reason;
    this.#reason = reason;
    if (reason !== null) this.#report.began(reason, detail);
    else if (before !== null) this.#report.ended(before);
  }
}
