import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { KernelLine } from './parse/kernel-line.ts';
import { parseKmsg } from './parse/kmsg-record.ts';

/** A record of the kernel's log has at most this, bytes (PRINTK_MESSAGE_MAX, include/linux/printk.h). */
const maxRecord = 8192;

/** So many are read before others have their turn, and in all: a full buffer of 1 MB has some 10,000. */
const perTurn = 200;
const maxRecords = 20_000;

/** What was overwritten while we read is no end: the next record is there (Documentation/ABI/testing/dev-kmsg). */
const isOverwritten = (cause: unknown): boolean => (cause as { code?: unknown }).code === 'EPIPE';
const isAtEnd = (cause: unknown): boolean => (cause as { code?: unknown }).code === 'EAGAIN';

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

/** All that the kernel's buffer holds; it is not followed. @throws what open(2) and read(2) say */
export const readKmsg = async (path: string, signal: AbortSignal): Promise<KernelLine[]> => {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(maxRecord);
  const bootedAt = bootTime();
  const lines: KernelLine[] = [];
  try {
    for (let count = 0; count < maxRecords && !signal.aborted; count += 1) {
      const record = readRecord(file, buffer);
      if (record === null) break;
      const line = parseKmsg(record, bootedAt);
      if (line) lines.push(line);
      if (count % perTurn === perTurn - 1) await breathe();
    }
    return lines;
  } finally {
    closeSync(file);
  }
};
