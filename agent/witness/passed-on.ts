import { readFileSync } from 'node:fs';
import { Failure, messageOf } from '../model/failure.ts';
import type { Probes } from './trace/probe/probes.ts';
import type { Pipes } from './witness.ts';

/** Descriptors that systemd passes on begin here (sd_listen_fds(3)). */
const firstFd = 3;

/** What set the tracing up as root leaves for the witness, which is nobody in particular. */
export interface TracingNotes {
  /** When the kernel began to record, ms since the epoch. */
  since: number;
  bootId: string;
  probes: Probes | null;
}

/** @throws Failure `no-tracing` */
export const readNotes = (path: string): TracingNotes => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as TracingNotes;
  } catch (cause) {
    throw new Failure('no-tracing', `no tracing was set up: ${messageOf(cause)}`, { cause });
  }
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
