import { ConfigFailure } from '../failure.ts';
import { quote } from './quote.ts';

/** One thing wrong with the configuration: where, what was found, what belongs there. */
export interface Problem {
  readonly file: string;
  /** Counted from 1. Absent where the whole file is meant. */
  readonly line?: number;
  /** As in `sessions.api.cwd`; empty for the file itself. */
  readonly path: string;
  readonly got: string;
  readonly expected: string;
  readonly hint?: string;
}

export type Path = readonly (string | number)[];

/** `['sessions', 'a.b', 'cwd']` becomes `sessions["a.b"].cwd`. */
export const formatPath = (path: Path): string =>
  path
    .map((key) => {
      if (typeof key === 'number') return `[${key}]`;
      return /^[\w-]{1,80}$/.test(key) ? `.${key}` : `[${quote(key)}]`;
    })
    .join('')
    .replace(/^\./, '');

const formatProblem = ({ file, line, path, got, expected, hint }: Problem): string =>
  [
    `  ${file}${line === undefined ? '' : `:${line}`}${path === '' ? '' : `  ${path}`}`,
    `    got ${got}`,
    `    expected ${expected}`,
    ...(hint === undefined ? [] : [`    hint: ${hint}`]),
  ].join('\n');

/** More than a person will read; `problems` still has them all. */
const maxPrinted = 50;

/** One report over several lines, without a line feed at its end. */
export const formatProblems = (problems: readonly Problem[]): string => {
  const more = problems.length - maxPrinted;
  return [
    `the configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:`,
    ...problems.slice(0, maxPrinted).map(formatProblem),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
};

/** Everything that is wrong, in one failure. Code `config-invalid`; the message is the whole report. */
export class ConfigProblems extends ConfigFailure {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('config-invalid', formatProblems(problems));
    this.problems = problems;
  }

  format(): string {
    return this.message;
  }
}
