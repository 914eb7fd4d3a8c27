import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { codeOf, Failure } from '../../../agent/model/failure.ts';

export interface Credentials {
  /**
   * A secret, without the line feed at its end; null where there is no such file, or nothing in it.
   * @throws Failure `bad-credential-name`, `unsafe-credential`, `unreadable-credential`; none holds any of the secret
   */
  read(name: string): string | null;
}

const names = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** A key or an address, not a document. */
const maxBytes = 16 * 1024;

/** What others could have written is not believed, and what everybody can read is no secret. Groups may read. */
const whyUnsafe = ({ mode, uid }: Stats): string | null => {
  if (uid !== 0 && uid !== process.geteuid?.()) return 'belongs to somebody else';
  if ((mode & 0o022) !== 0) return 'can be written by others';
  return (mode & 0o004) === 0 ? null : 'can be read by everybody';
};

const readChecked = (fd: number, name: string, path: string): string => {
  const stats = fstatSync(fd);
  if (!stats.isFile() || stats.size > maxBytes) {
    const message = `the credential ${name} is no file of at most ${maxBytes} bytes: ${path}`;
    throw new Failure('unreadable-credential', message);
  }
  const why = whyUnsafe(stats);
  if (why !== null) {
    throw new Failure('unsafe-credential', `the credential ${name} ${why}: chmod 600 ${path}`);
  }
  const buffer = Buffer.alloc(maxBytes);
  return buffer.toString('utf8', 0, readSync(fd, buffer, 0, maxBytes, 0));
};

/** Opened without waiting, so that a pipe in its place cannot hold us up. */
const open = (name: string, path: string): number | null => {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    const message = `the credential ${name} cannot be read: ${code} at ${path}`;
    throw new Failure('unreadable-credential', message);
  }
};

/** Secrets, each a file of its own in `directory`, read when asked for. */
export const createCredentials = (directory: string): Credentials => ({
  read: (name) => {
    if (!names.test(name)) {
      const message = `${JSON.stringify(name)} is no name of a credential`;
      throw new Failure('bad-credential-name', message);
    }
    const path = join(directory, name);
    const fd = open(name, path);
    if (fd === null) return null;
    try {
      const text = readChecked(fd, name, path).replace(/\r?\n$/, '');
      return text === '' ? null : text;
    } finally {
      closeSync(fd);
    }
  },
});
