import { once } from 'node:events';
import { lstat, rename, rm, stat, symlink, truncate } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { RollingStream } from 'pino-roll';
import { makeDirectory } from '../make-directory.ts';
import { type LineFile, logFileMode } from './line-file.ts';
import { cutTornLineOf } from './torn-line.ts';

export interface NumberedFileLimits {
  /** Of one file. */
  maxBytes: number;
  /** Kept in all, the newest included; at least 2. */
  files: number;
}

/** pino-roll appends a number to every name; the link keeps the plain name for `tail -F`. */
const linkNewest = async (path: string, newest: string): Promise<void> => {
  const temporary = `${path}.link`;
  try {
    const known = await lstat(path).catch(() => null);
    if (known && !known.isSymbolicLink()) return;
    await rm(temporary, { force: true });
    await symlink(basename(newest), temporary);
    await rename(temporary, path);
  } catch {
    // Only a convenience: the log itself is elsewhere.
  }
};

const build = async (path: string, limits: NumberedFileLimits): Promise<RollingStream> => {
  await makeDirectory(dirname(path));
  // Loaded at the first line: it brings 1.4 MB with it.
  const { default: roll } = await import('pino-roll');
  return roll({
    file: path,
    size: `${limits.maxBytes}b`,
    mode: logFileMode,
    limit: { count: limits.files - 1, removeOtherLogFiles: true },
  });
};

/** Writes all of `text` or, as far as the disk lets us, none of it. */
const writeWhole = async (stream: RollingStream, text: string): Promise<void> => {
  const { file } = stream;
  const { size } = await stat(file);
  const drained = once(stream, 'drain');
  try {
    stream.write(text);
    await drained;
  } catch (cause) {
    // `write` itself may have thrown, and then nobody waits for `drained`.
    drained.catch(() => {});
    await truncate(file, size).catch(() => {});
    throw cause;
  }
};

/**
 * A log of numbered files by pino-roll: `x.log` is a link to the newest of `x.1.log`, `x.2.log`, ….
 * A stream that has failed is never used again: SonicBoom closes a descriptor twice after a failed reopening.
 */
export const openNumberedFile = async (
  path: string,
  limits: NumberedFileLimits,
): Promise<LineFile> => {
  const stream = await build(path, limits);
  let broken: unknown = null;
  stream.on('error', (cause) => {
    broken = cause;
  });
  await once(stream, 'ready');
  let current = stream.file;
  try {
    await cutTornLineOf(current);
  } catch (cause) {
    stream.destroy();
    throw cause;
  }
  await linkNewest(path, current);

  /** Waits until a rolling that the last write has begun is over, so that none is ever interrupted. */
  const settle = async (): Promise<void> => {
    if (stream.file === current || broken) return;
    await once(stream, 'ready').catch(() => {});
    current = stream.file;
    await linkNewest(path, current);
  };

  return {
    async append(text) {
      if (broken) throw broken;
      await writeWhole(stream, text);
      await settle();
    },
    async close() {
      const closed = once(stream, 'close');
      stream.destroy();
      await closed;
    },
  };
};
