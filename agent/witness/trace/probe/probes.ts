import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tracefs } from '../instance.ts';
import { definitions, type ProbeKind, probeKinds } from './definitions.ts';

export interface Probes {
  kind: ProbeKind;
  /** Names of the events, which nobody can guess who may not read tracefs: arguments may hold any text. */
  names: string[];
}

const fileOf = (root: string): string => join(root, 'dynamic_events');

/** `p:GROUP/NAME …` */
const eventOf = (definition: string): string =>
  definition.slice(definition.indexOf(':') + 1, definition.indexOf(' '));

/** Some files may be refused, and a kernel that lacks a kind refuses all of it. */
const define = (lines: readonly string[], root: string): string[] =>
  lines.flatMap((line) => {
    try {
      appendFileSync(fileOf(root), `${line}\n`);
      return [eventOf(line)];
    } catch {
      return [];
    }
  });

/**
 * Has the kernel copy arguments, in the best way it knows; null: it knows none.
 * @param group letters, digits and `_`
 * @param nonce hexadecimal
 */
export const defineProbes = (group: string, nonce: string, root = tracefs): Probes | null => {
  for (const kind of probeKinds) {
    const names = define(definitions[kind](`${group}/${kind}_${nonce}`), root);
    if (names.length > 0) return { kind, names: names.map((name) => name.slice(group.length + 1)) };
  }
  return null;
};

/** Those of the group that are defined already. */
export const definedProbes = (group: string, root = tracefs): Probes | null => {
  const names = readFileSync(fileOf(root), 'utf8')
    .split('\n')
    .map(eventOf)
    .filter((event) => event.startsWith(`${group}/`))
    .map((event) => event.slice(group.length + 1));
  const kind = probeKinds.find((one) => names[0]?.startsWith(`${one}_`));
  return kind === undefined ? null : { kind, names };
};

/** The list is read in pieces: while somebody else takes from it, some are skipped. */
const mostReads = 5;

/** @throws where an instance still records one */
export const removeProbes = (group: string, root = tracefs): void => {
  for (let i = 0; i < mostReads; i += 1) {
    const names = definedProbes(group, root)?.names ?? [];
    if (names.length === 0) return;
    for (const name of names) appendFileSync(fileOf(root), `-:${group}/${name}`);
  }
};
