import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../../model/failure.ts';

/** Where tracefs is mounted (Documentation/trace/ftrace.rst). */
export const tracefs = '/sys/kernel/tracing';

/** One event an instance records, by its place below `events/`. */
export interface RecordedEvent {
  /** For example `signal/signal_generate`. */
  event: string;
  /** The kernel's own condition; null: all of them. */
  filter: string | null;
  /** For kernels that refuse that one. */
  simplerFilter?: string;
}

export interface Instance {
  readonly name: string;
  readonly pipe: string;
}

export const instanceAt = (name: string, root = tracefs): Instance => ({
  name,
  pipe: join(root, 'instances', name, 'trace_pipe'),
});

/** Kibibytes of all processors together, and the most and the least of each: some hundreds of lives of processes. */
const sharedKib = 1024;
const mostKib = 128;
const leastKib = 16;

export const bufferKib = (processors: number): number =>
  Math.max(leastKib, Math.min(mostKib, Math.floor(sharedKib / processors)));

/** A record larger than such a part of the buffer vanishes, and arguments may be long. */
const largestRecordKib = 16;

/** Kernels before 6.8 have parts of a page each. */
const allowLongRecords = (directory: string): void => {
  try {
    writeFileSync(join(directory, 'buffer_subbuf_size_kb'), String(largestRecordKib));
  } catch {
    // What is longer than a page is known by the name of its file then.
  }
};

const setFilter = (file: string, { filter, simplerFilter }: RecordedEvent): void => {
  if (filter === null) return;
  try {
    writeFileSync(file, filter);
  } catch (cause) {
    if (codeOf(cause) !== 'EINVAL' || !simplerFilter) throw cause;
    writeFileSync(file, simplerFilter);
  }
};

/**
 * Makes an instance and has it record. One that is there already keeps what it holds: it may be the evidence of what
 * killed the witness before.
 * @throws where the kernel refuses, as in a container
 */
export const startInstance = (
  name: string,
  events: readonly RecordedEvent[],
  root = tracefs,
): Instance => {
  const directory = join(root, 'instances', name);
  // mkdir(2) here makes an instance; it has no mode and no parents.
  try {
    mkdirSync(directory);
    // Times of the monotonic clock, which every process can read.
    writeFileSync(join(directory, 'trace_clock'), 'mono');
    allowLongRecords(directory);
    writeFileSync(join(directory, 'buffer_size_kb'), String(bufferKib(cpus().length)));
  } catch (cause) {
    if (codeOf(cause) !== 'EEXIST') throw cause;
  }
  for (const one of events) {
    const at = join(directory, 'events', one.event);
    setFilter(join(at, 'filter'), one);
    writeFileSync(join(at, 'enable'), '1');
  }
  return instanceAt(name, root);
};

/** Away with it, where nobody reads it any more. @throws where somebody does */
export const removeInstance = (name: string, root = tracefs): void => {
  // It goes as it is, with all it records: to switch that off before would blind whoever still reads it.
  rmdirSync(join(root, 'instances', name));
};
