import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects all garbage, and gives back the room V8 keeps for more. The loop waits for it, longer where no processor is
 * free.
 */
export const loadCollector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: object) => void;
  return () => collect({ type: 'major', flavor: 'last-resort' });
};

/**
 * Gives back what malloc keeps, also from among what is in use (malloc_trim(3)).
 * @throws where the FFI cannot load
 */
export const loadTrim = (): (() => void) => {
  const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
  const trim = koffi.load(null).func('int malloc_trim(unsigned long pad)');
  return () => void trim(0);
};

/** Both of them; without the FFI malloc keeps what it has. */
export const loadGiveBack = (load = loadTrim): (() => void) => {
  const collect = loadCollector();
  let trim = (): void => undefined;
  try {
    trim = load();
  } catch {
    // It is a matter of some megabytes, and whether the FFI loads is told where it is needed.
  }
  return () => {
    collect();
    trim();
  };
};
