import { Worker } from 'node:worker_threads';
import { LogFailure } from '../model/failure.ts';
import { fromText } from './failures.ts';
import type {
  Opened,
  Reply,
  StoreCall,
  StoreCalls,
  StoreListener,
  StoreStart,
} from './messages.ts';

/** The heap of a thread that only ever holds one chunk or one snapshot; a young generation kept small. */
const resourceLimits = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 64, stackSizeMb: 1 };

/** Run from source it is this folder's thread.ts; in a bundle, the bundle beside this one. */
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './disk/thread.ts' : './store-thread.cjs',
  import.meta.url,
);

const threadLost = (why: string): LogFailure =>
  new LogFailure('log-thread-lost', `the log's thread ended: ${why}`, { retryable: true });

type Result = StoreCalls[StoreCall]['result'];

interface Pending {
  resolve(result: Result): void;
  reject(failure: LogFailure): void;
}

/** A running store thread, asked and answered by number. */
export class StoreThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #listener: StoreListener;
  readonly #opened = Promise.withResolvers<Opened>();
  readonly ended: Promise<void>;
  #lastId = 0;
  #lost: LogFailure | null = null;

  constructor(start: StoreStart, listener: StoreListener) {
    this.#listener = listener;
    this.#worker = new Worker(threadFile, { workerData: start, resourceLimits, execArgv: [] });
    this.#worker.on('message', (reply: Reply) => this.#receive(reply));
    this.#worker.on('error', (error) => this.#lose(threadLost(String(error))));
    this.ended = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#lose(threadLost(`exit ${code}`));
        resolve();
      });
    });
  }

  /** Resolves with what was found; rejects LogFailure when the log cannot be opened. */
  get opened(): Promise<Opened> {
    return this.#opened.promise;
  }

  /** Rejects LogFailure with what went wrong there, or `log-thread-lost`. */
  call<C extends StoreCall>(call: C, params: StoreCalls[C]['params']) {
    const { promise, resolve, reject } = Promise.withResolvers<StoreCalls[C]['result']>();
    if (this.#lost) {
      reject(this.#lost);
      return promise;
    }
    this.#lastId += 1;
    this.#pending.set(this.#lastId, {
      // The thread answers each call with a result of that call.
      resolve: (result) => resolve(result as StoreCalls[C]['result']),
      reject,
    });
    this.#worker.postMessage({ id: this.#lastId, call, params });
    return promise;
  }

  /** Stops it wherever it is; its locks and files go with it. */
  abandon(): void {
    void this.#worker.terminate();
  }

  #receive(reply: Reply): void {
    switch (reply.kind) {
      case 'opened':
        this.#opened.resolve(reply.opened);
        break;
      case 'refused':
        this.#lose(fromText(reply.failure));
        break;
      case 'quarantined':
        this.#listener.onQuarantined(reply.quarantined);
        break;
      case 'looked':
        this.#listener.onLooked(reply.failure && fromText(reply.failure));
        break;
      case 'result':
        this.#take(reply.id)?.resolve(reply.result);
        break;
      case 'failure':
        this.#take(reply.id)?.reject(fromText(reply.failure));
        break;
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #lose(failure: LogFailure): void {
    this.#lost ??= failure;
    this.#opened.reject(this.#lost);
    for (const pending of this.#pending.values()) pending.reject(this.#lost);
    this.#pending.clear();
  }
}
