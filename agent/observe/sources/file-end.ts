import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Bounded } from './cut.ts';

/**
 * The end of a file, at most `maxBytes`; begins at a multiple of `step` bytes from its start.
 * @throws what open(2) and read(2) say
 */
export const readEnd = async (
  path: string,
  maxBytes: number,
  step = 1,
): Promise<Bounded<Buffer>> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Math.ceil(Math.max(0, size - maxBytes) / step) * step;
    const bytes = Buffer.alloc(Math.max(0, size - start));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    const cut =
      start === 0 ? null : `only the last ${maxBytes} bytes of ${basename(path)} were read`;
    return { found: bytes.subarray(0, bytesRead), cut };
  } finally {
    await file.close();
  }
};
