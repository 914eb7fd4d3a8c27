import { v8 } from '../builtins.ts';

/** Growth of the heap that is worth a collection even while there is more work: bytes. */
const growthBytes = 1024 * 1024;

/** After this long without work the heap is collected thoroughly, ms. */
const idleMs = 100;

/**
 * Compiled code pays in loops; this process works for a moment at each scrape, and without it is smaller.
 * To be called before anything has run often enough to be compiled.
 */
export const interpretOnly = (): void => {
  for (const flag of ['--no-opt', '--no-maglev', '--no-sparkplug']) v8.setFlagsFromString(flag);
};

/** `gc` exists under --expose-gc; without that flag a context made after setting it has one. */
const obtainGc = (): NodeJS.GCFunction => {
  if (globalThis.gc) return globalThis.gc;
  v8.setFlagsFromString('--expose-gc');
  return process.getBuiltinModule('node:vm').runInNewContext('gc');
};

/**
 * Collects garbage after work. V8 on its own lets a small heap grow to many times its size before it
 * looks, which is more than this whole process is to cost.
 */
export class HeapKeeper {
  readonly #gc = obtainGc();
  #keptBytes = 0;
  #idle: NodeJS.Timeout | undefined;

  /** To be called when work is done; collects once its results are on their way. */
  afterWork(): void {
    setImmediate(() => this.#limitGrowth());
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#shrink(), idleMs).unref();
  }

  #limitGrowth(): void {
    if (v8.getHeapStatistics().used_heap_size - this.#keptBytes < growthBytes) return;
    this.#gc({ type: 'major' });
    this.#keptBytes = v8.getHeapStatistics().used_heap_size;
  }

  /** Also gives emptied pages back to the system, which takes longer. */
  #shrink(): void {
    this.#gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    this.#keptBytes = v8.getHeapStatistics().used_heap_size;
  }
}
