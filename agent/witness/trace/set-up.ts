import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { randomHex } from '../../os/random-hex.ts';
import { tracedArguments, tracedLives, tracedSignals } from './events.ts';
import { instanceAt, removeInstance, startInstance, tracefs } from './instance.ts';
import { definedProbes, defineProbes, type Probes, removeProbes } from './probe/probes.ts';

/** What the kernel records for us. The instances are named by a prefix, and nobody else reads them. */
export interface Tracing {
  /** Read as it comes. */
  signals: string;
  /** Read when a signal has come: beginnings and ends of processes. */
  lives: string;
  /** Read together with those; null where the kernel copies no arguments. */
  arguments: string | null;
  probes: Probes | null;
}

const parts = ['signals', 'lives', 'arguments'] as const;

const nameOf = (prefix: string, part: (typeof parts)[number]): string => `${prefix}-${part}`;
const groupOf = (prefix: string): string => prefix.replace(/\W/g, '_');

const startArguments = (prefix: string, root: string): Pick<Tracing, 'arguments' | 'probes'> => {
  const group = groupOf(prefix);
  const nonce = randomHex(8);
  const probes = definedProbes(group, root) ?? defineProbes(group, nonce, root);
  if (!probes) return { arguments: null, probes };
  const events = probes.names.map((name) => tracedArguments(`${group}/${name}`));
  return { arguments: startInstance(nameOf(prefix, 'arguments'), events, root).pipe, probes };
};

/**
 * Has the kernel record, or go on recording: what is there already is kept, with what it holds.
 * @throws where there is no tracing to be had: no tracefs, a container, not root
 */
export const setUpTracing = (prefix: string, root = tracefs): Tracing => ({
  signals: startInstance(nameOf(prefix, 'signals'), tracedSignals, root).pipe,
  lives: startInstance(nameOf(prefix, 'lives'), tracedLives, root).pipe,
  ...startArguments(prefix, root),
});

/** @throws where somebody still reads it */
export const removeTracing = (prefix: string, root = tracefs): void => {
  for (const part of parts) {
    const name = nameOf(prefix, part);
    if (existsSync(join(instanceAt(name, root).pipe, '..'))) removeInstance(name, root);
  }
  removeProbes(groupOf(prefix), root);
};
