import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, messageOf } from '../model/failure.ts';
import { parseProcStat } from '../model/proc-stat.ts';
import { textOf } from '../os/text-of.ts';
import { tracefs } from './trace/instance.ts';
import { mountTracefs } from './trace/mount.ts';
import { closePipes, openPipes } from './trace/open-pipes.ts';
import { removeTracing, setUpTracing } from './trace/set-up.ts';

/** Instances of `holdfast up`: named by the process they belong to, which may be killed and leave them behind. */
const prefixOf = (pid: number, startTime: number): string => `holdfast-up-${pid}-${startTime}`;
const instance = /^holdfast-up-(\d+)-(\d+)-\w+$/;

/** Probes outlive their instances where whoever removes them is killed. */
const definition = /^\w:holdfast_up_(\d+)_(\d+)\//;

const startTimeOf = (pid: number): number | null =>
  parseProcStat(textOf(`/proc/${pid}/stat`) ?? '')?.startTime ?? null;

const removeQuietly = (prefix: string): void => {
  try {
    removeTracing(prefix);
  } catch {
    // Somebody reads it all the same.
  }
};

const leftBehind = (name: string, shape: RegExp): string[] => {
  const [, pid, startTime] = shape.exec(name)?.map(Number) ?? [];
  const isLeft = pid && startTime !== undefined && startTimeOf(pid) !== startTime;
  return isLeft ? [prefixOf(pid, startTime)] : [];
};

/** Nobody reads those of a process that is gone. */
const removeLeftovers = (): void => {
  const instances = readdirSync(join(tracefs, 'instances'));
  const probes = (textOf(join(tracefs, 'dynamic_events')) ?? '').split('\n');
  const prefixes = [
    ...instances.flatMap((name) => leftBehind(name, instance)),
    ...probes.flatMap((line) => leftBehind(line, definition)),
  ];
  for (const prefix of new Set(prefixes)) removeQuietly(prefix);
};

/**
 * Tracing for one process, gone with `release`.
 * @throws Failure `no-tracing` saying what is missing
 */
export const startEmbedded = () => {
  if (process.getuid?.() !== 0) {
    throw new Failure('no-tracing', 'the kernel tells only root who sends a signal');
  }
  const prefix = prefixOf(process.pid, startTimeOf(process.pid) ?? 0);
  try {
    mountTracefs();
    removeLeftovers();
    const tracing = setUpTracing(prefix);
    const pipes = openPipes(tracing);
    return {
      pipes,
      probes: tracing.probes,
      since: Date.now(),
      release(): void {
        closePipes(pipes);
        removeTracing(prefix);
      },
    };
  } catch (cause) {
    removeQuietly(prefix);
    const message = `the kernel's tracing is not to be had: ${messageOf(cause)}`;
    throw new Failure('no-tracing', message, { cause });
  }
};
