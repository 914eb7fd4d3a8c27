import { closeSync, constants, existsSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentBootId } from '../../../agent/witness/passed-on.ts';
import { tracefs } from '../../../agent/witness/trace/instance.ts';
import { mountTracefs } from '../../../agent/witness/trace/mount.ts';
import { removeTracing, setUpTracing, type Tracing } from '../../../agent/witness/trace/set-up.ts';

/** Tracing that outlives the witness: here the zoo is what systemd is to the service. */
export interface HeldTracing {
  /** The open pipes, in the order of `names`. */
  descriptors: number[];
  /** As `LISTEN_FDNAMES` has them (sd_listen_fds(3)). */
  names: string[];
  release(): void;
}

const ours = /^holdfast-zoo-(\d+)-\d+(?=-)/;

/** Of an earlier zoo that was killed. */
const removeLeftovers = (): void => {
  for (const name of readdirSync(join(tracefs, 'instances'))) {
    const [prefix, pid] = ours.exec(name) ?? [];
    if (prefix !== undefined && !existsSync(`/proc/${pid}`)) removeTracing(prefix);
  }
};

const open = (pipe: string): number => openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);

let made = 0;

const opened = ({ signals, lives, arguments: args }: Tracing): [string, number][] => [
  ['signals', open(signals)],
  ['lives', open(lives)],
  ...(args === null ? [] : [['arguments', open(args)] satisfies [string, number]]),
];

/**
 * Has the kernel record, and writes down at `notes` what the witness has to know of it.
 * @throws where there is no tracing to be had
 */
export const holdTracing = (notes: string): HeldTracing => {
  mountTracefs();
  removeLeftovers();
  made += 1;
  const prefix = `holdfast-zoo-${process.pid}-${made}`;
  const tracing = setUpTracing(prefix);
  const pipes = opened(tracing);
  const { probes } = tracing;
  writeFileSync(notes, JSON.stringify({ since: Date.now(), bootId: currentBootId(), probes }));
  return {
    descriptors: pipes.map(([, descriptor]) => descriptor),
    names: pipes.map(([name]) => name),
    release(): void {
      for (const [, descriptor] of pipes) closeSync(descriptor);
      removeTracing(prefix);
    },
  };
};
