import { fs, path } from '../builtins.ts';

/** node_exporter reads `*.prom` only, so it never sees the temporary file. */
const fileName = 'holdfast.prom';

const writeSynced = async (name: string, text: string): Promise<void> => {
  await fs.promises.rm(name, { force: true });
  // Exclusively: in a directory others may write to, a link laid in our way must not be followed.
  const file = await fs.promises.open(name, 'wx', 0o644);
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
    this.path = path.join(directory, fileName);
  }

  /** @throws the file system's error; the file of before stays as it was. */
  async write(text: string): Promise<void> {
    const temporary = `${this.path}.tmp`;
    try {
      await writeSynced(temporary, text);
      await fs.promises.rename(temporary, this.path);
    } catch (error) {
      await fs.promises.rm(temporary, { force: true }).catch(() => {});
      throw error;
    }
  }

  /** node_exporter would serve the last values for ever. */
  async remove(): Promise<void> {
    await fs.promises.rm(this.path, { force: true });
  }
}
