import type { LineFile, LineSink } from './line-file.ts';

/** A file that failed is dropped anyway; what closing it says helps nobody. */
const closeQuietly = (file: LineFile): Promise<void> => file.close().catch(() => {});

/**
 * Keeps at most `max` files open and closes the least recently used. Calls of `append` must not
 * overlap. A file that fails after having been open a while is opened anew and tried once more:
 * somebody may have removed it or its directory.
 */
export const createOpenFiles = (
  max: number,
  open: (path: string) => Promise<LineFile>,
): LineSink => {
  /** In order of use, the newest last. */
  const files = new Map<string, LineFile>();

  const discard = async (path: string): Promise<void> => {
    const file = files.get(path);
    files.delete(path);
    if (file) await closeQuietly(file);
  };

  const take = async (path: string): Promise<LineFile> => {
    const known = files.get(path);
    files.delete(path);
    const oldest = files.keys().next().value;
    if (!known && oldest !== undefined && files.size >= max) await discard(oldest);
    const file = known ?? (await open(path));
    files.set(path, file);
    return file;
  };

  const appendOnce = async (path: string, text: string): Promise<void> => {
    try {
      await (await take(path)).append(text);
    } catch (cause) {
      await discard(path);
      throw cause;
    }
  };

  return {
    async append(path, text) {
      const wasOpen = files.has(path);
      await appendOnce(path, text).catch((cause) => {
        if (!wasOpen) throw cause;
        return appendOnce(path, text);
      });
    },
    async close() {
      for (const path of [...files.keys()]) await discard(path);
    },
  };
};
