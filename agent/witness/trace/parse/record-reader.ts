import { type Bytes, cutMark } from './bytes.ts';
import { createLineSplitter } from './line-splitter.ts';
import { lostEvents } from './lost-events.ts';
import type { TraceRecord } from './record.ts';
import { createHeaderReader, headerReach } from './record-header.ts';

/**
 * Whether the text of a record, read up to a newline, is sure to be all of it: the newline that was met cannot be
 * one inside of what others choose. `tid` is that of the record.
 */
export type IsWhole = (text: Bytes, tid: number) => boolean;

export interface RecordHandlers {
  onRecord(record: TraceRecord): void;
  /** The kernel threw so many records away. */
  onLost(count: number): void;
}

export interface RecordReader {
  feed(chunk: Buffer): void;
  /** Hands out the record that might go on. For when all was read that is there: reads end where records do. */
  flush(): void;
}

/** Longest text of a record. The kernel's own limit is one or two pages, mostly of 4 KiB. */
const maxTextBytes = 16_384;

/** With the header, so that a text that was cut here is too long, too. */
const maxLineBytes = maxTextBytes + 512;

/** After so many lines a text waits for what follows: to ask at each would take the square of its length. */
const maxAsked = 64;

/** Without the last `excess` bytes, which are of the next header. */
const finished = (text: Bytes, excess: number): Bytes =>
  text.length > maxTextBytes
    ? text.slice(0, maxTextBytes) + cutMark
    : text.slice(0, text.length - excess);

/** A copy that does not keep the chunk it was read with. */
const detached = (bytes: Bytes): Bytes => Buffer.from(bytes, 'latin1').toString('latin1');

/**
 * Reads the text of `trace_pipe`: the kernel's default format, with or without the columns of the options
 * irq-info and record-tgid, on a clock that counts seconds. A record begins only at a header that names one of
 * `events`. Any other line belongs to the record before, or to nothing, or tells of a loss. A record is
 * handed out as soon as it is sure to be whole, else when the next one begins or at `flush`. Of a text that is
 * too long the rest is dropped, and `cutMark` stands in its place. Never throws; whatever comes, no more than two
 * such texts are held.
 */
export const createRecordReader = (
  events: ReadonlyMap<string, IsWhole>,
  { onRecord, onLost }: RecordHandlers,
): RecordReader => {
  const readHeader = createHeaderReader(events.keys());
  let open: TraceRecord | null = null;
  let asked = 0;
  /** The last bytes before the line. */
  let before = '\n';

  const close = (excess = 0): void => {
    const record = open;
    open = null;
    if (record) onRecord({ ...record, text: detached(finished(record.text, excess)) });
  };

  const closeIfWhole = ({ event, text, tid }: TraceRecord): void => {
    if (asked >= maxAsked || text.length > maxTextBytes) return;
    asked += 1;
    if (events.get(event)?.(text, tid)) close();
  };

  const extend = (record: TraceRecord, line: Bytes): void => {
    if (record.text.length > maxTextBytes) return;
    record.text += `\n${line}`;
    closeIfWhole(record);
  };

  const begin = (record: TraceRecord, reachesBack: number): void => {
    close(reachesBack);
    open = record;
    asked = 0;
    closeIfWhole(record);
  };

  const onLine = (line: Bytes): void => {
    const lost = lostEvents(line);
    const header = readHeader(before, line);
    before = `${before}${line.slice(-headerReach)}\n`.slice(-headerReach);
    if (lost !== null) onLost(lost);
    else if (header) {
      const { reachesBack, ...record } = header;
      begin(record, reachesBack);
    } else if (open) extend(open, line);
  };

  return { feed: createLineSplitter(maxLineBytes, onLine), flush: () => close() };
};
