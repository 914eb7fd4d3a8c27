import { dirname, join } from 'node:path';

/** `import … from '…';` and `export … from '…';`, over several lines as well. */
const passedOn = /^(?:import|export)\b[^'";=]*\bfrom\s*'([^']+)';\n?/gm;
const nothing = /^export \{\};\n?/gm;
const declared = /^export (declare \w+|interface|type) (\w+)/gm;

/** Names that a file exports, itself or from others. */
const exportedBy = (text: string): Set<string> => {
  const others = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from/gm)].flatMap(
    ([, list = '']) => list.split(',').map((name) => name.trim().replace(/^type /, '')),
  );
  return new Set([...others, ...[...text.matchAll(declared)].map(([, , name = '']) => name)]);
};

/** The files an entry leads to, each after those it needs. */
const inOrder = (path: string, read: (path: string) => string, seen: Set<string>): string[] => {
  if (seen.has(path)) return [];
  seen.add(path);
  const needed = [...read(path).matchAll(passedOn)].flatMap(([, target = '']) =>
    inOrder(join(dirname(path), target.replace(/\.ts$/, '.d.ts')), read, seen),
  );
  return [...needed, path];
};

/**
 * The declarations of a library in one text: what tsc writes is a file for each of ours.
 * Only what the entry exports is exported. Names of top-level declarations differ between our files.
 */
export const flatDeclarations = (entry: string, read: (path: string) => string): string => {
  const names = exportedBy(read(entry));
  const texts = inOrder(entry, read, new Set()).map((path) =>
    read(path)
      .replace(passedOn, '')
      .replace(nothing, '')
      .replace(declared, (whole, kind: string, name: string) =>
        names.has(name) ? whole : `${kind} ${name}`,
      ),
  );
  // Without this line every declaration of the file would be exported.
  return `${texts.join('\n')}\nexport {};\n`;
};
