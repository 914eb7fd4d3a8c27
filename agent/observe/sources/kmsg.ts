import { closeSync, constants, openSync, readSync } from 'node:fs';
import { codeOf } from '../../model/failure.ts';
import type { Bounded } from './cut.ts';
import type { KernelLine } from './parse/kernel-line.ts';
import { parseKmsg } from './parse/kmsg-record.ts';

/** A record of the kernel's log has at most this, bytes (PRINTK_MESSAGE_MAX, include/linux/printk.h). */
const maxRecord = 8192;

/** So many are read before others have their turn, and in all: a full buffer of 1 MB has some 10,000. */
const perTurn = 200;
const maxRecords = 20_000;

/** What was overwritten while we read is no end: the next record is there (Documentation/ABI/testing/dev-kmsg). */
const isOverwritten = (cause: unknown): boolean => codeOf(cause) === 'EPIPE';
const isAtEnd = (cause: unknown): boolean => codeOf(cause) === 'EAGAIN';

/** One record; empty where it was overwritten; null at the end. */
const readRecord = (file: number, buffer: Buffer): string | null => {
  try {
    const length = readSync(file, buffer, 0, buffer.length, null);
    return length === 0 ? null : buffer.toString('utf8', 0, length);
  } catch (cause) {
    if (isOverwritten(cause)) return '';
    if (isAtEnd(cause)) return null;
    throw cause;
  }
};

/** When the clock of the kernel's log was 0. It stands still while the machine sleeps, as this one does. */
const bootTime = (): number => Date.now() - Number(process.hrtime.bigint() / 1000n) / 1000;

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Opened at once and closed again: being there does not mean that it may be read. @throws what open(2) says */
export const tryKmsg = (path: string): void => closeSync(openSync(path, constants.O_RDONLY));

const tooMany = `only the first ${maxRecords} records of the kernel's buffer were read`;
const overwritten =
  "the kernel's buffer held no more of that time: it is overwritten from its beginning";

/** The first record ever has the number 0: without it older ones are gone. */
const isBegun = (record: string): boolean => /^\d+,0,/.test(record);

/**
 * All that the kernel's buffer holds; it is not followed.
 * @param since ms since the epoch: what is older does not matter
 * @throws what open(2) and read(2) say
 */
export const readKmsg = async (
  path: string,
  since: number,
  signal: AbortSignal,
): Promise<Bounded<KernelLine[]>> => {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(maxRecord);
  const bootedAt = bootTime();
  const lines: KernelLine[] = [];
  let count = 0;
  let isWhole = true;
  try {
    for (; count < maxRecords && !signal.aborted; count += 1) {
      const record = readRecord(file, buffer);
      if (record === null) break;
      const line = parseKmsg(record, bootedAt);
      if (record === '' || (count === 0 && !isBegun(record) && (line?.at ?? 0) > since)) {
        isWhole = false;
      }
      if (line) lines.push(line);
      if (count % perTurn === perTurn - 1) await breathe();
    }
    return { found: lines, cut: count === maxRecords ? tooMany : isWhole ? null : overwritten };
  } finally {
    closeSync(file);
  }
};
