import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** node_exporter reads `*.prom` only, so it never sees the temporary file. */
const fileName = 'holdfast.prom';

const writeSynced = async (path: string, text: string): Promise<void> => {
  await rm(path, { force: true });
  // Exclusively: in a directory others may write to, a link laid in our way must not be followed.
  const file = await open(path, 'wx', 0o644);
  try {
    // The mode above went through the umask; node_exporter runs as someone else.
    await file.chmod(0o644);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** `DIR/holdfast.prom`: readers see the file of before or the new one, whole. */
export class Textfile {
  readonly path: string;

  constructor(directory: string) {
    this.path = join(directory, fileName);
  }

  /** @throws the file system's error; the file of before stays as it was. */
  async write(text: string): Promise<void> {
    const temporary = `${this.path}.tmp`;
    try {
      await writeSynced(temporary, text);
      await rename(temporary, this.path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw error;
    }
  }

  /** node_exporter would serve the last values for ever. */
  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }
}
