import { constants } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../model/failure.ts';
import { makeDirectory } from './make-directory.ts';
import { createHealthReport, type OutputHealth } from './output-health.ts';

/** A document that others read at any moment: it is there whole, old or new. */
export interface StateFile {
  /**
   * Replaces the file soon. One write at a time; of documents that come meanwhile the newest wins, and
   * `document` must not be changed afterwards. What fails is reported, and tried again with the next document.
   */
  write(document: unknown): void;
  /** Resolves when no write is under way. */
  settled(): Promise<void>;
  health(): OutputHealth;
}

export interface StateFileOptions {
  onHealth?: (health: OutputHealth) => void;
  /** Default 0644: exporters run as other users. */
  mode?: number;
  /** Of a directory that has to be made. Default 0755. */
  directoryMode?: number;
}

/** Whatever the umask says. */
const ensureDirectory = async (directory: string, mode: number): Promise<void> => {
  if (!(await makeDirectory(directory, mode))) return;
  await using handle = await open(directory, 'r');
  await handle.chmod(mode);
};

const writeDurably = async (path: string, content: string, mode: number): Promise<void> => {
  await rm(path, { force: true });
  await using handle = await open(path, 'wx', mode);
  await handle.chmod(mode);
  await handle.writeFile(content);
  await handle.sync();
};

/** The unit of `st_blocks` (stat(2)). */
const blockBytes = 512;

/**
 * On a full disk: the room the file has already is still its own. A reader may meet a torn document for a
 * moment, which is better than an old one that says all is well.
 * @throws `fullDisk` where the document has outgrown that room
 */
const writeInPlace = async (path: string, content: string, fullDisk: unknown): Promise<void> => {
  await using handle = await open(path, constants.O_WRONLY | constants.O_NOFOLLOW);
  const { blocks } = await handle.stat();
  const bytes = Buffer.from(content);
  if (bytes.length > blocks * blockBytes) throw fullDisk;
  await handle.write(bytes, 0, bytes.length, 0);
  await handle.truncate(bytes.length);
};

const isFullDisk = (cause: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(cause) ?? '');

/** What a crash left half written. The file itself is whole in any case. */
const removeLeftovers = async (directory: string, name: string): Promise<void> => {
  const names = await readdir(directory).catch(() => []);
  const leftovers = names.filter(
    (file) => file.startsWith(`.${name}.`) && /^\d+\.tmp$/.test(file.slice(name.length + 2)),
  );
  for (const file of leftovers) await rm(join(directory, file), { force: true }).catch(() => {});
};

export const createStateFile = (path: string, options: StateFileOptions = {}): StateFile => {
  const { mode = 0o644, directoryMode = 0o755, onHealth = () => {} } = options;
  const directory = dirname(path);
  const temporary = join(directory, `.${basename(path)}.${process.pid}.tmp`);
  const health = createHealthReport(onHealth);
  const nothing = Symbol('nothing waits');
  let next: unknown = nothing;

  const replace = async (document: unknown): Promise<void> => {
    const content = `${JSON.stringify(document)}\n`;
    await ensureDirectory(directory, directoryMode);
    try {
      await writeDurably(temporary, content, mode);
      await rename(temporary, path);
    } catch (cause) {
      if (!isFullDisk(cause)) throw cause;
      await rm(temporary, { force: true });
      await writeInPlace(path, content, cause);
    }
  };

  const replaceOrReport = async (document: unknown): Promise<void> => {
    try {
      await replace(document);
      health.recovered();
    } catch (cause) {
      await rm(temporary, { force: true }).catch(() => {});
      health.dropped(1);
      health.failed(cause);
    }
  };

  const writeNewest = async (): Promise<void> => {
    while (next !== nothing) {
      const document = next;
      next = nothing;
      await replaceOrReport(document);
    }
  };

  let running: Promise<void> = removeLeftovers(directory, basename(path));

  return {
    write(document) {
      const idle = next === nothing;
      next = document;
      if (idle) running = running.then(writeNewest);
    },
    settled: () => running,
    health: health.current,
  };
};
