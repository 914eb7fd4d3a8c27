import { setTimeout } from 'node:timers/promises';
import { logClosed } from './log-failures.ts';
import type { Opened, StoreCall, StoreCalls, StoreListener, StoreStart } from './messages.ts';
import { StoreThread } from './store-thread.ts';

/** How long a closing thread may take for its last write before it is left behind, ms. */
const closeLimitMs = 5000;

/** Reaches the store's thread, and starts another when it was lost: the next call then finds it. */
export class StoreClient {
  readonly #start: StoreStart;
  readonly #listener: StoreListener;
  #thread: Promise<StoreThread> | null = null;
  #closed = false;

  constructor(start: StoreStart, listener: StoreListener) {
    this.#start = start;
    this.#listener = listener;
  }

  /** Starts the thread. Rejects LogFailure when the log cannot be opened; nothing is left running then. */
  async open(): Promise<Opened> {
    const thread = new StoreThread(this.#start, this.#listener);
    const running = thread.opened.then(() => thread);
    this.#thread = running;
    const forget = (): void => {
      if (this.#thread === running) this.#thread = null;
    };
    thread.ended.then(forget);
    running.catch(forget);
    return await thread.opened;
  }

  async #reopen(): Promise<StoreThread> {
    const { quarantined } = await this.open();
    if (quarantined) this.#listener.onQuarantined(quarantined);
    return this.#running();
  }

  #running(): Promise<StoreThread> {
    return this.#thread ?? this.#reopen();
  }

  /** Calls are carried out in the order they are made. Rejects LogFailure. */
  async call<C extends StoreCall>(call: C, params: StoreCalls[C]['params']) {
    if (this.#closed) throw logClosed();
    const thread = await this.#running();
    return thread.call(call, params);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const thread = await this.#thread?.catch(() => null);
    if (!thread) return;
    const limit = new AbortController();
    const late = setTimeout(closeLimitMs, undefined, limit).catch(() => undefined);
    const closed = thread.call('close', null).then(() => thread.ended);
    await Promise.race([closed.catch(() => undefined), late]);
    limit.abort();
    thread.abandon();
  }
}
