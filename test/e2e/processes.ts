import { readdirSync, readFileSync } from 'node:fs';

/** Processes whose arguments hold every one of `words`. */
export const processesWith = (...words: string[]): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        const text = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return pid > 1 && pid !== process.pid && words.every((word) => text.includes(word));
      } catch {
        return false;
      }
    });
