import type { Event } from '../model/event.ts';
import type {
  EventLog,
  EventPage,
  Quarantined,
  ReadQuery,
  StoreHealth,
} from '../model/event-log.ts';
import { LogFailure } from '../model/failure.ts';
import type { State } from '../model/state.ts';
import { blobName, boundedText } from './blob-text.ts';
import { logFailure } from './failures.ts';
import { GroupCommit, type Timing } from './group-commit.ts';
import { queueFull } from './log-failures.ts';
import type { Chunk, Opened, RetainLimits } from './messages.ts';
import type { StoreClient } from './store-client.ts';
import { Troubles } from './troubles.ts';
import { parseEvent } from './upcast.ts';
import type { WriteQueue } from './write-queue.ts';

/** Events asked of the store's thread at a time; the rest of an answer is asked for between ticks. */
const chunkEvents = 500;

/** Ten times a thousand sessions with two hundred incidents; the store's thread could not hold much more. */
const maxSnapshotBytes = 16 * 1024 * 1024;

const snapshotTooLarge = (bytes: number): LogFailure =>
  new LogFailure(
    'snapshot-too-large',
    `a snapshot of ${bytes} bytes; ${maxSnapshotBytes} is the limit`,
  );

/** The side of the log that lives in the agent's own thread: it queues, asks and parses, and touches no file. */
export class StoredLog implements EventLog {
  onStored: (events: readonly Event[]) => void = () => undefined;
  onHealth: (health: StoreHealth) => void = () => undefined;
  onQuarantined: (quarantined: Quarantined) => void = () => undefined;

  readonly #client: StoreClient;
  readonly #queue: WriteQueue;
  /** Told afterwards: a change may come from within `append`, and who hears of it may record an event. */
  readonly #troubles = new Troubles(() => queueMicrotask(() => this.onHealth(this.health())));
  readonly #commits: GroupCommit;
  #lastSeq: number;
  #lastLost = false;
  #closing: Promise<void> | null = null;

  constructor(client: StoreClient, queue: WriteQueue, opened: Opened, timing: Timing) {
    this.#client = client;
    this.#queue = queue;
    this.#lastSeq = opened.head;
    this.#commits = new GroupCommit(
      {
        queue,
        timing,
        troubles: this.#troubles,
        commit: (batch) => client.call('commit', batch),
        onStored: (events) => this.onStored(events),
      },
      opened,
    );
  }

  append(events: readonly Event[]): void {
    for (const event of events) this.#offer(event);
    this.#commits.kick();
  }

  #offer(event: Event): void {
    if (event.seq <= this.#lastSeq) {
      this.#queue.refuse();
      return;
    }
    this.#lastLost = !this.#queue.push(event);
    if (!this.#lastLost) this.#lastSeq = event.seq;
    else if (!this.#troubles.events) this.#troubles.report('events', queueFull());
  }

  durable(): Promise<void> {
    if (this.#lastLost) return Promise.reject(queueFull());
    return this.#commits.synced(this.#lastSeq);
  }

  async read(query: ReadQuery): Promise<Event[]> {
    return (await this.readPage(query, Number.POSITIVE_INFINITY)).events;
  }

  async readPage(query: ReadQuery, maxBytes: number): Promise<EventPage> {
    const events: Event[] = [];
    const range = await this.#client.call('range', query);
    let after: number | null = range.after;
    let bytes = 0;
    while (after !== null && events.length < query.limit && bytes < maxBytes) {
      const limit = Math.min(chunkEvents, query.limit - events.length);
      const chunk: Chunk = await this.#client.call('read', { ...query, ...range, after, limit });
      events.push(...chunk.bodies.map(parseEvent).filter((event) => event !== null));
      bytes += chunk.bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0);
      after = chunk.next;
    }
    return { events, next: after };
  }

  async snapshotBefore(at: number): Promise<State | null> {
    const state = await this.#client.call('snapshotBefore', { at });
    return state === null ? null : (JSON.parse(state) as State);
  }

  async saveSnapshot(state: State): Promise<void> {
    const { seq, at, schema } = state;
    const row = { seq, at, schema, state: JSON.stringify(state) };
    const bytes = Buffer.byteLength(row.state);
    if (bytes > maxSnapshotBytes) throw snapshotTooLarge(bytes);
    await this.#commits.stored(() => this.#queue.firstSeq > seq);
    await this.#client.call('saveSnapshot', row);
  }

  async retain(limits: RetainLimits): Promise<{ deleted: number; firstSeq: number }> {
    return await this.#client.call('retain', limits);
  }

  putBlob(text: string): string {
    const kept = boundedText(text);
    const name = blobName(kept);
    this.#queue.pushBlob(name, kept);
    this.#commits.kick();
    return name;
  }

  async getBlob(name: string): Promise<string | null> {
    const text = this.#queue.blob(name) ?? (await this.#client.call('getBlob', { name }));
    return text !== null && blobName(text) === name ? text : null;
  }

  saveCursor(subscriber: string, seq: number, now: number): void {
    this.#queue.pushCursor({ subscriber, seq, at: now });
    this.#commits.kick();
  }

  health(): StoreHealth {
    const { worst } = this.#troubles;
    return {
      status: worst ? 'degraded' : 'ok',
      code: worst?.code ?? '',
      message: worst?.message ?? '',
      queued: this.#queue.events,
      dropped: this.#queue.dropped,
      storedSeq: this.#commits.storedSeq,
      bytes: this.#commits.bytes,
    };
  }

  /** The log's place was looked at; `failure` says what is wrong there, null when nothing is. */
  looked(failure: LogFailure | null): void {
    this.#troubles.report('place', failure);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const flushed = this.#commits.flush().then(() => this.durable());
    const outcome = await flushed.catch(logFailure);
    this.#commits.stop();
    await this.#client.close();
    const lost = this.#queue.events;
    if (!outcome) return;
    throw new LogFailure(outcome.code, `${lost} events were not stored: ${outcome.message}`);
  }
}
