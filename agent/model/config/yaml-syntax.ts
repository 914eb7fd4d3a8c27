import type { Document, YAMLError } from 'yaml';
import type { Problem } from './problem.ts';
import { printable } from './quote.ts';

/** One slip makes a parser stumble many times; the first few tell. */
const maxSyntaxProblems = 5;

/** Where the parser speaks of itself rather than of the file. */
const plainWords: Partial<Record<YAMLError['code'], string>> = {
  MULTIPLE_DOCS: 'a second document',
  NON_STRING_KEY: 'a list or a mapping as a key',
};

export const firstLine = (message: string): string => printable(message.split('\n', 1)[0] ?? '');

const gotOf = ({ code, message }: YAMLError): string => plainWords[code] ?? firstLine(message);

const expectedOf = ({ code }: YAMLError): string =>
  code === 'TAG_RESOLVE_FAILED' ? 'YAML 1.2 without custom tags' : 'YAML 1.2';

/** One slip often gives the same complaint twice. */
export const syntaxProblems = (
  { errors, warnings }: Document.Parsed,
  place: (offset: number) => Pick<Problem, 'file' | 'line'>,
): Problem[] => {
  const problems = new Map<string, Problem>();
  for (const error of [...errors, ...warnings]) {
    if (problems.size === maxSyntaxProblems) break;
    const [at, got] = [place(error.pos[0]), gotOf(error)];
    problems.set(`${at.line} ${got}`, { ...at, path: '', got, expected: expectedOf(error) });
  }
  return [...problems.values()];
};
