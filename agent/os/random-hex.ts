import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Random digits nobody can know beforehand. From the kernel: to load node:crypto for them would cost a process that needs
 * it for nothing else memory.
 */
export const randomHex = (bytes: number): string => {
  const random = Buffer.alloc(bytes);
  const fd = openSync('/dev/urandom', 'r');
  try {
    // Up to 256 bytes are never cut short (random(4)).
    readSync(fd, random);
  } finally {
    closeSync(fd);
  }
  return random.toString('hex');
};
