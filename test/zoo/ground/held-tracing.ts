import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentBootId, type TracingNotes } from '../../../agent/witness/passed-on.ts';
import { tracefs } from '../../../agent/witness/trace/instance.ts';
import { mountTracefs } from '../../../agent/witness/trace/mount.ts';
import { closePipes, openPipes, type Pipes } from '../../../agent/witness/trace/open-pipes.ts';
import { removeTracing, setUpTracing } from '../../../agent/witness/trace/set-up.ts';
import type { Passed } from '../../e2e/child.ts';

/** Tracing that outlives the witness: here the zoo is what systemd is to the service. */
export interface HeldTracing {
  /** The open pipes. */
  passed: Passed;
  release(): void;
}

const ours = /^holdfast-zoo-(\d+)-\d+(?=-)/;

/** Removes those of an earlier zoo that was killed. */
const removeLeftovers = (): void => {
  for (const name of readdirSync(join(tracefs, 'instances'))) {
    const [prefix, pid] = ours.exec(name) ?? [];
    if (prefix !== undefined && !existsSync(`/proc/${pid}`)) removeTracing(prefix);
  }
};

const passedOn = (pipes: Pipes): Passed => {
  const opened = Object.entries(pipes).flatMap(([name, descriptor]) =>
    descriptor === null ? [] : [{ name, descriptor }],
  );
  return {
    descriptors: opened.map(({ descriptor }) => descriptor),
    names: opened.map(({ name }) => name),
  };
};

/** How many this process has made. */
let made = 0;

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
  const pipes = openPipes(tracing);
  const { probes } = tracing;
  const noted: TracingNotes = { since: Date.now(), bootId: currentBootId(), probes };
  writeFileSync(notes, JSON.stringify(noted));
  return {
    passed: passedOn(pipes),
    release(): void {
      closePipes(pipes);
      removeTracing(prefix);
    },
  };
};
