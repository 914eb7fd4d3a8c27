import { type Bytes, decodeBytes } from './bytes.ts';
import type { TraceRecord } from './record.ts';

export interface RecordHeader extends TraceRecord {
  /** So many bytes before the line are of this header too: a comm with newlines begins there. */
  reachesBack: number;
}

/** Width of the comm: `%16s-%-7d ` of trace_print_context, kernel/trace/trace_output.c. */
const commWidth = 16;

/** So many bytes before a line are enough to find the beginning of its header. */
export const headerReach = commWidth + 1;

/** TID, TGID (option record-tgid), CPU, flags (option irq-info), seconds and microseconds. */
const columns = [
  /-(?<tid>\d{1,10}) {1,8}/,
  /(?:\((?: {0,7}\d{1,10}|-{5,7})\) )?/,
  /\[\d{3,5}\] /,
  /(?<flags>[\w.#]{4,6})? {1,5}/,
  /(?<seconds>\d{1,12})\.(?<micros>\d{6}): /,
]
  .map((column) => column.source)
  .join('');

/** The third of the flags: a hard or a soft interrupt, or one within another (trace_print_lat_fmt, kernel/trace/trace_output.c). */
const isInterrupt = (flags: string): boolean => /^..[hHsZz]/.test(flags);

const escaped = (name: string): string => name.replace(/\W/g, '\\$&');

/**
 * The 16 bytes before `-TID`, if a line begins there. A comm has at most 15, so the first is a space. null:
 * there are no such bytes, and so this is no header.
 */
const commField = (before: Bytes, start: Bytes): Bytes | null => {
  const bytes = (before + start).slice(-headerReach);
  return bytes.startsWith('\n ') && bytes.length === headerReach ? bytes.slice(1) : null;
};

/**
 * Reads the line that ends the header of a record of one of `events`; null: it does not. `before`: the last
 * `headerReach` bytes before the line, as far as there are any; a newline where nothing came before. As the
 * width of a comm is fixed, its beginning is found behind newlines of its own too; and no comm is
 * long enough to hold a TID, a CPU, a time and the name of an event itself.
 */
export const createHeaderReader = (events: Iterable<string>) => {
  const names = [...events];
  const alternatives = names.map(escaped).join('|');
  const shape = new RegExp(
    `^(?<start>[\\s\\S]{0,${commWidth}}?)${columns}(?<event>${alternatives}): `,
  );

  return (before: Bytes, line: Bytes): RecordHeader | null => {
    const found = shape.exec(line);
    const { start = '', flags = '', tid, seconds, micros } = found?.groups ?? {};
    // Of the set, as a piece of the line would keep all that was read with it.
    const event = names.find((name) => name === found?.groups?.['event']);
    const comm = found && commField(before, start);
    if (!found || comm === null || event === undefined) return null;
    return {
      tid: Number(tid),
      comm: decodeBytes(comm.replace(/^ +/, '')),
      at: Number(seconds) * 1000 + Number(micros) / 1000,
      event,
      text: line.slice(found[0].length),
      ...(isInterrupt(flags) && { interrupts: true }),
      reachesBack: commWidth - start.length,
    };
  };
};
