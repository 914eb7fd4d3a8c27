import type { KernelLine } from './kernel-line.ts';

/** `PRIORITY,SEQUENCE,MICROSECONDS,FLAGS;TEXT`, below it lines with a dictionary (Documentation/ABI/testing/dev-kmsg). */
const record = /^(\d{1,6}),\d+,(\d{1,16}),[^;\n]*;([^\n]*)/;

const unescaped = (text: string): string =>
  text.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );

/** Facility 0: whatever a process writes into /dev/kmsg has another, the kernel sees to it. */
const isKernels = (priority: number): boolean => priority >> 3 === 0;

/**
 * One record of /dev/kmsg; null where it is none, or not the kernel's own.
 * @param bootedAt when the clock of the kernel's log was 0, ms since the epoch
 */
export const parseKmsg = (text: string, bootedAt: number): KernelLine | null => {
  const match = record.exec(text);
  if (!match || !isKernels(Number(match[1]))) return null;
  return { at: bootedAt + Number(match[2]) / 1000, text: unescaped(match[3] ?? '') };
};
