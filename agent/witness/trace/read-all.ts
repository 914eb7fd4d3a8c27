import type { Breathe } from '../breather.ts';
import { type TracedEvent, wholeByName } from './events.ts';
import type { TraceRecord } from './parse/record.ts';
import { createRecordReader } from './parse/record-reader.ts';
import { mostAtOnce, readPiece } from './pipe.ts';

/**
 * Above what malloc takes from its heap (`M_MMAP_THRESHOLD`, 128 KiB), so that the memory of a storm goes back to the
 * system.
 */
const slabBytes = 256 * 1024;

/** More than a buffer of ours holds, of all processors; more comes while it is read. */
const mostSlabs = 32;

/** So much is parsed without a pause. */
const stepBytes = 8 * 1024;

/** Enough for a quiet machine, and kept. */
const firstBytes = 32 * 1024;

/** Puts what is there into `slab`, as far as it fits. @returns bytes */
const fill = (fd: number, slab: Buffer): number => {
  let end = 0;
  while (end + mostAtOnce <= slab.length) {
    const bytes = readPiece(fd, slab, end);
    if (bytes === 0) break;
    end += bytes;
  }
  return end;
};

/** Quick, as the kernel prints faster than anybody parses: so there is an end to it, however fast more comes. */
const readNow = (fd: number, first: Buffer): Buffer[] => {
  const slabs: Buffer[] = [];
  for (let slab = first; slabs.length < mostSlabs; slab = Buffer.allocUnsafeSlow(slabBytes)) {
    const end = fill(fd, slab);
    slabs.push(slab.subarray(0, end));
    if (end + mostAtOnce <= slab.length) break;
  }
  return slabs;
};

/**
 * Reads all that a pipe holds now into records.
 * @param marksLoss not where texts are long enough to hold the line of a loss
 */
export const createReadAll = (
  fd: number | null,
  events: readonly TracedEvent[],
  { marksLoss = false } = {},
) => {
  const first = Buffer.alloc(firstBytes);
  let records: TraceRecord[] = [];
  let isAfterLoss = false;
  const reader = createRecordReader(wholeByName(events), {
    onRecord(record) {
      records.push(isAfterLoss ? { ...record, afterLoss: true } : record);
      isAfterLoss = false;
    },
    onLost() {
      if (!marksLoss) return;
      // The one that might have gone on came before.
      reader.flush();
      isAfterLoss = true;
    },
  });
  return async (breathe: Breathe): Promise<TraceRecord[]> => {
    if (fd === null) return [];
    for (const slab of readNow(fd, first)) {
      for (let at = 0; at < slab.length; at += stepBytes) {
        reader.feed(slab.subarray(at, at + stepBytes));
        await breathe();
      }
    }
    reader.flush();
    const all = records;
    records = [];
    return all;
  };
};
