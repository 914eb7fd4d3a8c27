import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Pair,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { isReservedKey } from './limits.ts';
import { maxNesting, nestsTooDeep } from './nesting.ts';
import { formatPath, type Path, type Problem } from './problem.ts';
import { quote } from './quote.ts';

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
    // With `silent`, documents after the first are left out without a word.
    logLevel: 'error',
    lineCounter,
  });

const keyOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

const startOf = (node: unknown): number | undefined =>
  isNode(node) ? (node.range?.[0] ?? undefined) : undefined;

type Lookup = (map: YAMLMap) => ReadonlyMap<string, Pair>;

/** Finds pairs by key without going through the map for each. */
const lookupOnce = (): Lookup => {
  const known = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  return (map) => {
    const pairs = known.get(map) ?? new Map(map.items.map((pair) => [keyOf(pair.key), pair]));
    known.set(map, pairs);
    return pairs;
  };
};

const offsetOf = (contents: unknown, path: Path, lookup: Lookup): number | undefined => {
  let node = contents;
  let offset = startOf(contents);
  for (const step of path) {
    const pair = isMap(node) ? lookup(node).get(String(step)) : undefined;
    offset = startOf(pair?.key) ?? offset;
    node = pair?.value;
  }
  return offset;
};

interface KeyProblem {
  readonly offset: number;
  readonly path: Path;
  readonly expected: string;
}

const keyProblemsOf = (map: YAMLMap, above: Path): KeyProblem[] => {
  const seen = new Set<string>();
  const problems: KeyProblem[] = [];
  for (const { key: node } of map.items) {
    const key = keyOf(node);
    const at = { offset: startOf(node) ?? 0, path: [...above, key] };
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
      for (const problem of keyProblemsOf(map, above)) problems.push(problem);
    },
  });
  return problems;
};

const oneLine = (message: string): string => quote(message.split('\n', 1)[0] ?? '').slice(1, -1);

const gotOf = ({ code, message }: YAMLError): string =>
  code === 'NON_STRING_KEY' ? 'a list or a mapping as a key' : oneLine(message);

const expectedOf = ({ code }: YAMLError): string =>
  code === 'TAG_RESOLVE_FAILED' ? 'YAML 1.2 without custom tags' : 'YAML 1.2';

/** One slip often gives the same complaint twice. */
const syntaxProblems = (
  { errors, warnings }: Document.Parsed,
  place: (offset: number) => Pick<Problem, 'file' | 'line'>,
): Problem[] => {
  const problems = new Map<string, Problem>();
  for (const error of [...errors, ...warnings]) {
    const [at, got] = [place(error.pos[0]), gotOf(error)];
    problems.set(`${at.line} ${got}`, { ...at, path: '', got, expected: expectedOf(error) });
  }
  return [...problems.values()].slice(0, maxSyntaxProblems);
};

/** @throws what `yaml` throws: an alias without its anchor, too many aliases, a stack that is too deep. */
const read = (file: string, text: string): YamlFile => {
  const lines = new LineCounter();
  const document = parse(text, lines);
  const lookup = lookupOnce();
  const lineOf = (path: Path) => {
    const offset = offsetOf(document.contents, path, lookup);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
  const place = (offset: number) => ({ file, line: lines.linePos(offset).line });
  const syntax = syntaxProblems(document, place);
  const keys = keyProblems(document.contents).map(({ offset, path, expected }) => ({
    ...place(offset),
    ...{ path: formatPath(path), got: 'this key', expected },
  }));
  return {
    ...{ file, lineOf, problems: [...syntax, ...keys] },
    value: syntax.length === 0 ? document.toJS({ maxAliasCount: maxAliases }) : undefined,
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
  if (nestsTooDeep(text)) {
    return unreadable(file, 'deep nesting', `at most ${maxNesting} levels`);
  }
  try {
    return read(file, text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return unreadable(file, oneLine(message), 'YAML 1.2 with few aliases and little nesting');
  }
};
