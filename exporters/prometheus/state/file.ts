import { codeOf } from '../../../agent/model/failure.ts';
import { fs } from '../../builtins.ts';
import { type Circumstances, heartbeatAge, judge } from './judge.ts';
import { type Parsed, parseStatus } from './parse.ts';
import type { StateError, StateReading } from './reading.ts';

/** A thousand sessions take about 600 KB; what is larger is not a state file of ours. */
export const maxStateBytes = 8 * 1024 * 1024;

/** One version of the file: a new one replaces it by rename, so inode, size and time tell them apart. */
interface Version {
  key: string;
  mtimeMs: number;
  bytes: number;
  seenAt: number;
  parsed: Parsed;
}

const failed = (error: StateError, file: StateReading['file'] = null): StateReading => ({
  document: null,
  error,
  file,
  schema: null,
  heartbeat: null,
});

const openError = (cause: unknown): StateError => {
  const code = codeOf(cause) ?? 'unknown error';
  return code === 'ENOENT'
    ? { reason: 'missing', detail: 'there is no such file: is the agent running?' }
    : { reason: 'unreadable', detail: code };
};

const readText = (fd: number, bytes: number): string => {
  const buffer = Buffer.allocUnsafe(bytes);
  let filled = 0;
  while (filled < bytes) {
    const got = fs.readSync(fd, buffer, filled, bytes - filled, filled);
    if (got === 0) break;
    filled += got;
  }
  return buffer.toString('utf8', 0, filled);
};

export interface StateFileOptions {
  path: string;
  staleAfterMs: number;
  bootId: string | null;
  /** ms since the epoch. */
  now: () => number;
  /** ms of a clock that never jumps. */
  monotonic: () => number;
}

/** `state.json` as last seen; parsed once per version, judged at every look. */
export class StateFile {
  readonly #options: StateFileOptions;
  #version: Version | null = null;

  constructor(options: StateFileOptions) {
    this.#options = options;
  }

  /** Never throws; the file may be missing, growing, a directory, a pipe or anything else. */
  read(): StateReading {
    try {
      // O_NONBLOCK: opening a pipe that nobody writes to would otherwise wait for ever.
      const fd = fs.openSync(this.#options.path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
      try {
        return this.#readOpen(fd);
      } finally {
        fs.closeSync(fd);
      }
    } catch (cause) {
      return failed(openError(cause));
    }
  }

  #readOpen(fd: number): StateReading {
    const stat = fs.fstatSync(fd, { bigint: true });
    if (!stat.isFile()) return failed({ reason: 'unreadable', detail: 'not a regular file' });
    const file = { mtimeMs: Number(stat.mtimeNs) / 1e6, bytes: Number(stat.size) };
    if (file.bytes > maxStateBytes) {
      return failed({ reason: 'too-large', detail: `more than ${maxStateBytes} bytes` }, file);
    }
    const key = `${stat.dev} ${stat.ino} ${stat.size} ${stat.mtimeNs}`;
    if (this.#version?.key !== key) {
      const parsed = parseStatus(readText(fd, file.bytes));
      this.#version = { key, ...file, seenAt: this.#options.monotonic(), parsed };
    }
    return this.#judged(this.#version);
  }

  #judged({ parsed, seenAt, mtimeMs, bytes }: Version): StateReading {
    const { schema, document } = parsed;
    const file = { mtimeMs, bytes };
    if (!document) return { ...failed(parsed.error, file), schema };
    const circumstances: Circumstances = {
      ...this.#options,
      now: this.#options.now(),
      seenForMs: this.#options.monotonic() - seenAt,
    };
    const error = judge(document, circumstances);
    const heartbeat = {
      at: document.writtenAt,
      ageMs: heartbeatAge(document.writtenAt, circumstances),
    };
    return { document: error ? null : document, error, file, schema, heartbeat };
  }
}
