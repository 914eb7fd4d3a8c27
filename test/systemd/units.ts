import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Directive, readUnit, valuesOf } from './unit-file.ts';

/** Of this repository. */
export const root = join(import.meta.dirname, '../..');

const directory = join(root, 'systemd/system');

export const units = readdirSync(directory)
  .sort()
  .map((name) => ({ name, unit: readUnit(readFileSync(join(directory, name), 'utf8')) }));

export const services = units.map(({ name }) => name).filter((name) => name.endsWith('.service'));

/** Empty where there is no such unit. */
export const unitOf = (wanted: string): Directive[] =>
  units.find(({ name }) => name === wanted)?.unit ?? [];

/** What `OnFailure=` starts: they run for a moment, and nobody reports on them. */
export const reports = services.filter((name) => /-(onfailure|last-resort)@/.test(name));

/** The single values of a directive whose value is a list of words. */
export const wordsOf = (unit: readonly Directive[], wanted: string): string[] =>
  valuesOf(unit, wanted).flatMap((value) => value.split(' '));
