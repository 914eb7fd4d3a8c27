import { type Document, LineCounter, parseDocument } from 'yaml';
import { messageOf } from '../failure.ts';
import { maxNesting, nestsTooDeep } from './nesting.ts';
import { formatPath, type Path, type Problem } from './problem.ts';
import { keyProblems, offsetsIn } from './yaml-keys.ts';
import { firstLine, syntaxProblems } from './yaml-syntax.ts';

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

export const maxFileBytes = 256 * 1024;

/** Far more than a person repeats himself, far fewer than it takes to blow up memory. */
const maxAliases = 100;

const parse = (text: string, lineCounter: LineCounter): Document.Parsed =>
  parseDocument(text, {
    schema: 'core',
    version: '1.2',
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    // Checked by keyProblems.
    uniqueKeys: false,
    // A pretty error quotes the source, which may hold a secret.
    prettyErrors: false,
    // With `silent`, documents after the first are left out without a word.
    logLevel: 'error',
    lineCounter,
  });

/** @throws what `yaml` throws: an alias without its anchor, too many aliases, a stack that is too deep. */
const read = (file: string, text: string): YamlFile => {
  const lines = new LineCounter();
  const document = parse(text, lines);
  const offsetOf = offsetsIn(document.contents);
  const lineOf = (path: Path) => {
    const offset = offsetOf(path);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
  const place = (offset: number) => ({ file, line: lines.linePos(offset).line });
  const syntax = syntaxProblems(document, place);
  const keys = keyProblems(document.contents).map(({ offset, path, expected }) => ({
    ...place(offset),
    path: formatPath(path),
    got: 'this key',
    expected,
  }));
  return {
    file,
    lineOf,
    problems: [...syntax, ...keys],
    value: syntax.length === 0 ? document.toJS({ maxAliasCount: maxAliases }) : undefined,
  };
};

const unreadable = (file: string, got: string, expected: string): YamlFile => ({
  file,
  value: undefined,
  problems: [{ file, path: '', got, expected }],
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
    const message = messageOf(error);
    return unreadable(file, firstLine(message), 'YAML 1.2 with few aliases and little nesting');
  }
};
