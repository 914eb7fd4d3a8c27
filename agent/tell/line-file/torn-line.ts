import { type FileHandle, open } from 'node:fs/promises';

const newline = 0x0a;
const tailBytes = 64 * 1024;

const readTail = async (handle: FileHandle, size: number, bytes: number): Promise<Buffer> => {
  const tail = Buffer.alloc(Math.min(size, bytes));
  const { bytesRead } = await handle.read(tail, 0, tail.length, size - tail.length);
  return tail.subarray(0, bytesRead);
};

/**
 * Cuts off what a crash left after the last whole line, so that every line of a log parses.
 * A tail without any newline in its last 64 KiB is not ours and is left as it is.
 */
export const cutTornLine = async (handle: FileHandle): Promise<void> => {
  const { size } = await handle.stat();
  const last = await readTail(handle, size, 1);
  if (last.length === 0 || last[0] === newline) return;
  const tail = await readTail(handle, size, tailBytes);
  const end = tail.lastIndexOf(newline) + 1;
  if (end > 0 || size <= tailBytes) await handle.truncate(size - tail.length + end);
};

/** @throws what the file system says when `path` cannot be opened for reading and writing. */
export const cutTornLineOf = async (path: string): Promise<void> => {
  await using handle = await open(path, 'r+');
  await cutTornLine(handle);
};
