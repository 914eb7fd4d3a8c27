import fc from 'fast-check';
import {
  tracedArguments,
  tracedLives,
  tracedSignals,
  wholeByName,
} from '../../../../../agent/witness/trace/events.ts';
import type { TraceRecord } from '../../../../../agent/witness/trace/parse/record.ts';
import {
  createRecordReader,
  type IsWhole,
} from '../../../../../agent/witness/trace/parse/record-reader.ts';

/** One character for each byte. */
type Bytes = string;

export const bytesOf = (bytes: Bytes): Buffer => Buffer.from(bytes, 'latin1');
export const textOf = (bytes: Bytes): string => bytesOf(bytes).toString();

/** What the kernel prints before a record, trace_print_context of kernel/trace/trace_output.c. */
export const header = (comm: Bytes, tid: number, event: string): Bytes =>
  `${comm.padStart(16)}-${String(tid).padEnd(7)} [001] d..1.   755.081965: ${event}: `;

export const signalText = (comm: Bytes, pid: number, signal = 9, res = 0): Bytes =>
  `sig=${signal} errno=0 code=0 comm=${comm} pid=${pid} grp=1 res=${res}`;

/** What readers of the instances are told of their records. */
export const signalEvents = wholeByName(tracedSignals);
export const lifeEvents = wholeByName(tracedLives);
export const argumentEvents = (names: readonly string[]) => wholeByName(names.map(tracedArguments));

/** A reader and what it told. */
export const listen = (events: ReadonlyMap<string, IsWhole>) => {
  const records: TraceRecord[] = [];
  const lost: number[] = [];
  const reader = createRecordReader(events, {
    onRecord: (record) => records.push(record),
    onLost: (count) => lost.push(count),
  });
  return { records, lost, reader, feed: (bytes: Bytes) => reader.feed(bytesOf(bytes)) };
};

/** All that is in there. */
export const readAll = (events: ReadonlyMap<string, IsWhole>, ...chunks: Buffer[]) => {
  const { records, lost, reader } = listen(events);
  for (const chunk of chunks) reader.feed(chunk);
  reader.flush();
  return { records, lost };
};

const hostileParts = [
  ...['\n', ' ', ']', '-', '\n\n', '-1 ', '[000] ', 'd..1.', ' 1.000000', ': ', 'a', '"', '<...>'],
  ...[
    ' pid=5',
    ' grp=1',
    ' res=0',
    ' prio=1',
    ' child_pid=7',
    ' comm=',
    'group_dead',
    'CPU:0 [LOST',
  ],
  ...['signal_generate', ' EVENTS]', '\xe6\x97\xa5', '\xff', '\r', '%s', '(fault)', ' a1="'],
];

const byte = fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code));

/** The name of a process that wants to be taken for something else: any bytes but NUL, at most 15. */
export const hostileComm: fc.Arbitrary<Bytes> = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...hostileParts) }, byte), {
    maxLength: 8,
  })
  .map((parts) => parts.join('').slice(0, 15));

export const pidNumber = fc.integer({ min: 1, max: 4_194_304 });
