import { v8 } from './builtins.ts';

/** Bytes the heap may grow by before it is worth 5 ms to collect it: about one scrape of 100 sessions. */
const growthBytes = 1024 * 1024;

/**
 * Compiled code pays in loops; this process works for 3 ms every 15 s. Without it 2 MB less. To be
 * called before anything has run often enough to be compiled.
 */
export const interpretOnly = (): void => {
  for (const flag of ['--no-opt', '--no-maglev', '--no-sparkplug']) v8.setFlagsFromString(flag);
};

/** `gc` exists under --expose-gc; without that flag a context made after setting it has one, for 1 MB. */
const obtainGc = (): (() => void) => {
  if (globalThis.gc) return globalThis.gc;
  v8.setFlagsFromString('--expose-gc');
  return process.getBuiltinModule('node:vm').runInNewContext('gc');
};

/**
 * Collects garbage after work. V8 on its own lets a heap of 5 MB grow to 40 before it looks, which is
 * three times what this whole process is to cost.
 */
export class HeapKeeper {
  readonly #gc = obtainGc();
  #kept = 0;

  /** To be called when work is done; collects once its results are on their way. */
  afterWork(): void {
    setImmediate(() => {
      if (v8.getHeapStatistics().used_heap_size - this.#kept < growthBytes) return;
      this.#gc();
      this.#kept = v8.getHeapStatistics().used_heap_size;
    });
  }
}
