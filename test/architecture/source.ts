import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** One TypeScript file: its path from the root, its text, and every module it names in an import. */
export interface Source {
  path: string;
  text: string;
  imports: string[];
}

// Quoted text comes first, so that a `//` inside it starts no comment.
const tokens =
  /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/.*/g;

export const withoutComments = (text: string): string =>
  text.replace(tokens, (_, quoted?: string) => quoted ?? ' ');

/** What is left is what runs: words in comments and in quoted text do nothing, but a template may hold code. */
export const codeOnly = (text: string): string =>
  withoutComments(text).replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");

const importForms = [
  // import … from 'x', import type … from 'x', export … from 'x', import 'x'
  /^\s*(?:import|export)\b(?:[^'";]*?\bfrom)?\s*['"]([^'"]+)['"]/gm,
  // import('x'), also in types
  /\bimport\(\s*['"]([^'"]+)['"]/g,
];

/** The modules a text imports in any form, types included: a type import couples two files as well. */
export const importsOf = (text: string): string[] => {
  const code = withoutComments(text);
  const found = importForms.flatMap((form) => [...code.matchAll(form)]);
  return found.map((match) => match[1] ?? '');
};

/** Relative imports become paths from the root; others stay as they are. */
const resolve = (path: string, specifier: string): string =>
  specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier;

export const readSources = (root: string, folders: string[]): Source[] =>
  folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return { path, text, imports: importsOf(text).map((name) => resolve(path, name)) };
    });

/** Every file in turn is followed along its imports; a file met again on its own path closes a cycle. */
export const findCycle = (sources: Pick<Source, 'path' | 'imports'>[]): string[] | undefined => {
  const importsByPath = new Map(sources.map(({ path, imports }) => [path, imports]));
  const done = new Set<string>();

  const visit = (path: string, trail: string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of importsByPath.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle !== undefined) return cycle;
    }
    done.add(path);
    return undefined;
  };

  for (const { path } of sources) {
    const cycle = visit(path, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
};
