import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readDeclarations } from './read-declarations.ts';
import type { Declaration, Field, Shape } from './shape.ts';

export interface Family {
  declaration: Declaration;
  /** One for each event type: its name, its comment, the shape of its data. */
  events: Field[];
}

/** What the model declares about events. */
export interface Catalogue {
  envelope: Declaration;
  /** In the order the union names them. */
  families: Family[];
  /** All other types, by name. */
  shapes: ReadonlyMap<string, Declaration>;
}

const root = join(import.meta.dirname, '../..');

const readFile = (path: string): Declaration[] =>
  readDeclarations(readFileSync(path, 'utf8'), relative(root, path));

const byName = (declarations: readonly Declaration[]): Map<string, Declaration> => {
  const found = new Map<string, Declaration>();
  for (const declaration of declarations) {
    const { name, at } = declaration;
    if (found.has(name)) throw new Error(`${at}: there is another ${name}; the page needs one`);
    found.set(name, declaration);
  }
  return found;
};

/** `AgentEvents & LinkEvents & …`: the families in their order. */
const namesOf = (union: Shape): string[] =>
  union.kind === 'all' ? union.of.flatMap((part) => (part.kind === 'name' ? [part.name] : [])) : [];

const must = (declarations: ReadonlyMap<string, Declaration>, name: string): Declaration => {
  const found = declarations.get(name);
  if (!found) throw new Error(`agent/model/event.ts: found no declaration of ${name}`);
  return found;
};

const familyOf = (declaration: Declaration): Family => {
  const { shape, at, name } = declaration;
  if (shape.kind !== 'object') throw new Error(`${at}: ${name} is not an interface`);
  return { declaration, events: shape.fields };
};

/**
 * Reads agent/model/event.ts and agent/model/events/.
 * @throws Error with file and line, where a declaration is of a form it does not know
 */
export const readCatalogue = (): Catalogue => {
  const union = byName(readFile(join(root, 'agent/model/event.ts')));
  const declarations = byName(
    globSync(join(root, 'agent/model/events/*.ts')).sort().flatMap(readFile),
  );
  const families = namesOf(must(union, 'Catalogue').shape).map((name) =>
    familyOf(must(declarations, name)),
  );
  for (const { declaration } of families) declarations.delete(declaration.name);
  return { envelope: must(union, 'EventOf'), families, shapes: declarations };
};
