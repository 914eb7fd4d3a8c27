import assert from 'node:assert/strict';
import { type Event, maxEventBytes } from '../../agent/model/event.ts';

/** The log as it lies on the disk: one line of JSON an event. What is not yet safe may be lost with a crash. */
export class Disk {
  readonly lines: string[] = [];
  #safe = 0;

  append(events: readonly Event[]): void {
    for (const event of events) {
      const line = JSON.stringify(event);
      const bytes = Buffer.byteLength(line);
      assert.ok(bytes <= maxEventBytes, `${event.type} has ${bytes} bytes`);
      this.lines.push(line);
    }
  }

  commit(): void {
    this.#safe = this.lines.length;
  }

  /** Keeps a prefix: all that is safe, and by chance some of the rest. A commit may tear what was recorded together. */
  crash(chance: number): void {
    this.lines.length = this.#safe + (chance % (this.lines.length - this.#safe + 1));
    this.commit();
  }

  events(): Event[] {
    return this.lines.map((line) => JSON.parse(line) as Event);
  }
}
