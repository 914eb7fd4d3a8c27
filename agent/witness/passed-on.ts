import { readFileSync } from 'node:fs';
import { Failure, messageOf } from '../model/failure.ts';
import { textOf } from '../os/text-of.ts';
import type { Pipes } from './trace/open-pipes.ts';
import { probeKinds } from './trace/probe/definitions.ts';
import type { Probes } from './trace/probe/probes.ts';

/** Descriptors that systemd passes on begin here (sd_listen_fds(3)). */
const firstFd = 3;

/** Of this start of the machine. */
export const currentBootId = (): string => textOf('/proc/sys/kernel/random/boot_id')?.trim() ?? '';

/** What set the tracing up as root leaves for the witness, which is nobody in particular. */
export interface TracingNotes {
  /** When the kernel began to record, ms since the epoch. */
  since: number;
  bootId: string;
  probes: Probes | null;
}

const isProbes = (value: unknown): value is Probes => {
  const { kind, names } = (value ?? {}) as Partial<Probes>;
  const isName = (name: unknown): boolean => typeof name === 'string' && /^\w+$/.test(name);
  return probeKinds.some((one) => one === kind) && Array.isArray(names) && names.every(isName);
};

const isNotes = (value: unknown): value is TracingNotes => {
  const { since, bootId, probes } = (value ?? {}) as Partial<TracingNotes>;
  const isSet = Number.isFinite(since) && typeof bootId === 'string';
  return isSet && (probes === null || isProbes(probes));
};

const parseNotes = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Failure('no-tracing', `no tracing was set up: ${messageOf(cause)}`, { cause });
  }
};

/** @throws Failure `no-tracing`, also where the notes are of another release, or of a time before the machine was started */
export const readNotes = (path: string, bootId = currentBootId()): TracingNotes => {
  const notes = parseNotes(path);
  if (!isNotes(notes)) {
    throw new Failure('no-tracing', `${path} is not what this release writes: start it again`);
  }
  if (notes.bootId !== bootId) {
    throw new Failure('no-tracing', `${path} was written before the machine was started`);
  }
  return notes;
};

/**
 * The pipes that systemd opened for us (`OpenFile=`).
 * @throws Failure `no-tracing` where it was not given that of signals
 */
export const passedPipes = (env: NodeJS.ProcessEnv, pid = process.pid): Pipes => {
  const isOurs = env['LISTEN_PID'] === String(pid);
  const names = isOurs ? (env['LISTEN_FDNAMES'] ?? '').split(':') : [];
  const fdOf = (name: string): number | null => {
    const index = names.indexOf(name);
    return index < 0 ? null : firstFd + index;
  };
  const signals = fdOf('signals');
  if (signals === null) {
    throw new Failure('no-tracing', 'systemd could not open the trace of signals');
  }
  return { signals, lives: fdOf('lives'), arguments: fdOf('arguments') };
};
