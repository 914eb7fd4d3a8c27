import type { Bytes } from './bytes.ts';

const shape = /^CPU:\d{1,5} \[LOST (?:(\d{1,20}) )?EVENTS\]$/;

/**
 * How many records the kernel threw away, if this is the line that says so; 1 where it does not know how
 * many; null: another line. A comm is too short for it. An argument of a program can hold it: then a
 * loss is told that was none, and nothing worse.
 */
export const lostEvents = (line: Bytes): number | null => {
  const found = shape.exec(line);
  return found ? Number(found[1] ?? 1) : null;
};
