import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The folder with playbooks, inventory and role. */
export const ansible = join(import.meta.dirname, '../../ansible');
export const role = join(ansible, 'roles/holdfast');

export type Mapping = Record<string, unknown>;

export interface Option {
  type: string;
  elements?: string;
  default?: unknown;
  required?: boolean;
  no_log?: boolean;
  options?: Record<string, Option>;
}

/** A task, handler or block, with the file it stands in. */
export interface Task extends Mapping {
  file: string;
  name?: string;
}

export const read = (path: string): unknown => parse(readFileSync(path, 'utf8'));

export const yamlFiles = globSync(['**/*.yml', '**/*.yml.example'], { cwd: ansible }).sort();

export const defaults = read(join(role, 'defaults/main.yml')) as Mapping;

const { argument_specs: specs } = read(join(role, 'meta/argument_specs.yml')) as {
  argument_specs: Record<string, { options: Record<string, Option> }>;
};

/** Every variable of the role, whichever playbook it is for. */
export const options: Record<string, Option> = Object.assign(
  {},
  ...Object.values(specs).map((spec) => spec.options),
);

/** What the role works out for itself, by name. */
export const own: Mapping = Object.assign(
  {},
  ...globSync('vars/main/*.yml', { cwd: role }).map((path) => read(join(role, path))),
);

export const tasks: Task[] = globSync(['tasks/**/*.yml', 'handlers/*.yml'], { cwd: role })
  .sort()
  .flatMap((file) => (read(join(role, file)) as Mapping[]).map((task) => ({ ...task, file })));

/** Names of variables of the role in a text: its options, and with underscores what it works out. */
export const variablesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/(?<![\w/.-])(?:__)?holdfast_[a-z_]+/g)].map(([name]) => name)),
];
