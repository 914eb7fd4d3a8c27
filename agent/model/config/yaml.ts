import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { redact } from '../redaction.ts';
import { isReservedKey } from './limits.ts';
import { formatPath, type Path, type Problem } from './problem.ts';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A file as plain data, with a way back to its lines. */
export interface YamlFile {
  readonly file: string;
  /** Null for an empty file; undefined for one that cannot be read as YAML. */
  readonly value: unknown;
  /** The line of the key at `path`, or of the nearest key above it that the file has. */
  readonly lineOf: (path: Path) => number | undefined;
  readonly problems: readonly Problem[];
}

export const maxFileBytes = 1024 * 1024;

/** Far more than a person repeats himself, far fewer than it takes to blow up memory. */
const maxAliases = 100;

/** One slip makes a parser stumble many times; the first few tell. */
const maxSyntaxProblems = 5;

const parse = (text: string, lineCounter: LineCounter): Document.Parsed =>
  parseDocument(text, {
    schema: 'core',
    version: '1.2',
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    // Checked below: yaml compares every key with every other.
    uniqueKeys: false,
    // A pretty error quotes the source, which may hold a secret.
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter,
  });

const keyOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

const startOf = (node: unknown): number | undefined =>
  isNode(node) ? (node.range?.[0] ?? undefined) : undefined;

const offsetOf = (contents: unknown, path: Path): number | undefined => {
  let node = contents;
  let offset = startOf(contents);
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => keyOf(key) === step);
      offset = startOf(pair?.key) ?? offset;
      node = pair?.value;
    } else {
      return offset;
    }
  }
  return offset;
};

interface KeyProblem {
  readonly offset: number | undefined;
  readonly path: Path;
  readonly expected: string;
}

const keyProblemsOf = (map: YAMLMap, above: Path): KeyProblem[] => {
  const seen = new Set<string>();
  const problems: KeyProblem[] = [];
  for (const { key: node } of map.items) {
    const key = keyOf(node);
    const at = { offset: startOf(node), path: [...above, key] };
    if (seen.has(key)) problems.push({ ...at, expected: 'each key once' });
    if (isReservedKey(key)) {
      problems.push({ ...at, expected: 'a name that JavaScript does not reserve' });
    }
    seen.add(key);
  }
  return problems;
};

const keyProblems = (contents: ParsedNode | null): KeyProblem[] => {
  const problems: KeyProblem[] = [];
  visit(contents, {
    Map: (_, map, ancestors) => {
      const above = ancestors.filter(isPair).map(({ key }) => keyOf(key));
      problems.push(...keyProblemsOf(map, above));
    },
  });
  return problems;
};

const sentence = (message: string): string => redact(message.split('\n', 1)[0] ?? '').text;

/** @throws what `yaml` throws: an alias without its anchor, too many aliases, a stack that is too deep. */
const read = (file: string, text: string): YamlFile => {
  const lines = new LineCounter();
  const document = parse(text, lines);
  const lineAt = (offset: number | undefined) =>
    offset === undefined ? {} : { line: lines.linePos(offset).line };
  const syntax = [...document.errors, ...document.warnings]
    .slice(0, maxSyntaxProblems)
    .map(({ message, pos }) => ({
      ...{ file, path: '', got: sentence(message), expected: 'YAML 1.2 without custom tags' },
      ...lineAt(pos[0]),
    }));
  const keys = keyProblems(document.contents).map(({ offset, path, expected }) => ({
    ...{ file, path: formatPath(path), got: 'this key', expected, ...lineAt(offset) },
  }));
  return {
    ...{ file, problems: [...syntax, ...keys] },
    value: syntax.length === 0 ? document.toJS({ maxAliasCount: maxAliases }) : undefined,
    lineOf: (path) => lineAt(offsetOf(document.contents, path)).line,
  };
};

const unreadable = (file: string, got: string, expected: string): YamlFile => ({
  ...{ file, value: undefined, problems: [{ file, path: '', got, expected }] },
  lineOf: () => undefined,
});

/** Reads one file. Never throws: whatever is wrong is in `problems`. */
export const readYaml = ({ path: file, text }: SourceFile): YamlFile => {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxFileBytes) {
    return unreadable(file, `${bytes} bytes`, `at most ${maxFileBytes} bytes`);
  }
  try {
    return read(file, text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return unreadable(file, sentence(message), 'YAML 1.2 with few aliases and little nesting');
  }
};
