/**
 * Bytes as the kernel printed them, one character (U+0000 to U+00FF) for each: lengths count as in the
 * kernel, and a name that is no UTF-8 stays what it was.
 */
export type Bytes = string;

/**
 * Text for people: UTF-8, U+FFFD where it is none. The answer is a copy, so that keeping it does not keep
 * the chunk it was read with.
 */
export const decodeBytes = (bytes: Bytes): string => Buffer.from(bytes, 'latin1').toString();

/** Longest comm: `TASK_COMM_LEN` without its NUL (include/linux/sched.h). */
export const maxCommBytes = 15;

/** Ends a text of which a part is missing: of the kernel (tracing_read_pipe), and of `createRecordReader`. */
export const cutMark = '[LINE TOO BIG]';

/** The beginnings of a text that end before one of its newlines. */
export const linesUpTo = (text: Bytes): Bytes[] =>
  [...text.matchAll(/\n/g)].map(({ index }) => text.slice(0, index));
