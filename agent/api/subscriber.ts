import type { Event, EventType } from '../model/event.ts';
import type { EventLog } from '../model/event-log.ts';
import type { EventNotification, Subscription } from '../protocol/agent.ts';

/** Where one subscriber's events go. */
export interface Receiver {
  send(notification: EventNotification): void;
  /** What was sent and has not left, about bytes. */
  waiting(): number;
  drained(): Promise<void>;
  readonly gone: () => boolean;
}

export interface SubscriberPorts {
  log: EventLog;
  now(): number;
  /** The present run, see EventNotification. */
  run: number;
  /** What is to be told before it is stored: nothing, unless the disk takes nothing. */
  urgent(): readonly Event[];
}

const page = 500;

/** A page, and what may wait for a receiver before it is given events at its own pace, from the log; bytes. */
const pageBytes = 256 * 1024;
const maxWaiting = 1024 * 1024;

/** A log that cannot be read is tried again after so long, ms. */
const retryMs = 1000;

/** Follows the log for one receiver, from a cursor: every event once and in order. */
export class Subscriber {
  readonly #receiver: Receiver;
  readonly #ports: SubscriberPorts;
  readonly #name: string | null;
  readonly #types: ReadonlySet<EventType> | null;
  #cursor: number;
  #reading = false;
  /** It has been given all that was stored: what comes next may be given to it at once. */
  #caughtUp = false;
  /** Events were stored while it was catching up: the page it read last may not be the end. */
  #behind = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(
    receiver: Receiver,
    { after, subscriber, types }: Subscription,
    ports: SubscriberPorts,
  ) {
    this.#receiver = receiver;
    this.#ports = ports;
    this.#name = subscriber ?? null;
    this.#types = types ? new Set(types) : null;
    this.#cursor = after;
  }

  get isGone(): boolean {
    return this.#receiver.gone();
  }

  /** @param from where it goes on, see resume.ts */
  begin(from: number): void {
    const after = this.#cursor;
    if (after > from) {
      this.#cursor = from;
      this.#tellGap(after, 'not-stored');
    }
    this.#catchUp();
  }

  /** Gives what the disk has not taken yet. */
  giveUnstored(events: readonly Event[]): void {
    if (!this.#caughtUp) return;
    this.#giveAll(events, false);
  }

  giveStored(events: readonly Event[]): void {
    if (!this.#caughtUp) {
      this.#behind = true;
      this.#catchUp();
      return;
    }
    if ((events[0]?.seq ?? 0) > this.#cursor + 1) this.#catchUp();
    else this.#giveAll(events, true);
    this.#saveCursor();
  }

  /** As far as the receiver takes them; what is left it reads from the log, or is given after that. */
  #giveAll(events: readonly Event[], stored: boolean): void {
    for (const event of events) {
      if (this.#receiver.waiting() > maxWaiting) {
        this.#catchUp();
        return;
      }
      this.#give(event, stored);
    }
  }

  #give(event: Event, stored: boolean): void {
    if (event.seq <= this.#cursor) return;
    this.#cursor = event.seq;
    if (!this.#types || this.#types.has(event.type)) this.#send(event, stored);
  }

  #send(event: Event, stored: boolean): void {
    this.#receiver.send({ event, stored, run: this.#ports.run });
  }

  #tellGap(to: number, reason: 'retention' | 'not-stored'): void {
    const data = { from: this.#cursor + 1, to, reason };
    if (reason === 'retention') this.#cursor = to;
    const at = this.#ports.now();
    const event: Event = { seq: this.#cursor, v: 1, at, type: 'events.gap', trace: '', data };
    this.#send(event, false);
  }

  #saveCursor(): void {
    const { log, now } = this.#ports;
    if (this.#name) log.saveCursor(this.#name, this.#cursor, now());
  }

  #catchUp(): void {
    this.#caughtUp = false;
    clearTimeout(this.#retry);
    this.#readOn().catch(() => {
      this.#retry = setTimeout(() => this.#catchUp(), retryMs).unref();
    });
  }

  /** From the log, a page at a time, as fast as the receiver reads. */
  async #readOn(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      if (this.#receiver.waiting() > maxWaiting) await this.#receiver.drained();
      while (!this.isGone && (await this.#readPage())) await this.#receiver.drained();
    } finally {
      this.#reading = false;
    }
    this.#caughtUp = true;
    this.giveUnstored(this.#ports.urgent());
  }

  /** False when there was nothing more. */
  async #readPage(): Promise<boolean> {
    this.#behind = false;
    const query = { after: this.#cursor, limit: page };
    const { events } = await this.#ports.log.readPage(query, pageBytes);
    const [first] = events;
    if (!first) return this.#behind;
    if (first.seq > this.#cursor + 1) this.#tellGap(first.seq - 1, 'retention');
    for (const event of events) this.#give(event, true);
    this.#saveCursor();
    return true;
  }
}
