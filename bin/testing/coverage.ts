import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

interface Lines {
  total: number;
  covered: number;
}

/** What the tests are held to: shares of lines. */
const overall = { folders: ['agent/', 'exporters/'], atLeast: 0.85 };
const pure = {
  folders: [
    ...['agent/model/', 'agent/explain/', 'agent/decide/'],
    ...['exporters/notifier/classify/', 'exporters/notifier/present/'],
  ],
  atLeast: 1,
};

/** A file of types alone is never loaded, so there is nothing in it to cover. */
const hasCode = (source: string): boolean =>
  transformSync(source, { loader: 'ts', legalComments: 'none' }).code.trim() !== '';

/** A file no test ever loaded is missing in the report: all of its lines are uncovered. */
const unloaded = (path: string): Lines | undefined => {
  const source = readFileSync(path, 'utf8');
  return hasCode(source) ? { total: source.split('\n').length - 1, covered: 0 } : undefined;
};

const linesByFile = (root: string): Map<string, Lines> => {
  const report = JSON.parse(
    readFileSync(join(root, '.tap/report/coverage-summary.json'), 'utf8'),
  ) as Record<string, { lines: Lines } | undefined>;
  const files = globSync(
    overall.folders.map((folder) => `${folder}**/*.ts`),
    { cwd: root },
  ).sort();
  return new Map(
    files.flatMap((file): [string, Lines][] => {
      const path = join(root, file);
      const lines = report[path]?.lines ?? unloaded(path);
      return lines === undefined ? [] : [[file, lines]];
    }),
  );
};

const share = (lines: Lines[]): number => {
  const total = lines.reduce((sum, { total }) => sum + total, 0);
  return total === 0 ? 1 : lines.reduce((sum, { covered }) => sum + covered, 0) / total;
};

// Rounded down: 99.99 % must not print as 100.
const percent = (value: number): string => `${Math.floor(value * 1000) / 10} %`;

/**
 * Judges the report tap left below .tap/.
 * @returns the covered share of lines in a sentence, and each shortfall in one.
 */
export const judgeCoverage = (root: string): { summary: string; shortfalls: string[] } => {
  const files = [...linesByFile(root)];
  const reached = share(files.map(([, lines]) => lines));
  const shortfalls = files
    .filter(([file]) => pure.folders.some((folder) => file.startsWith(folder)))
    .filter(([, lines]) => share([lines]) < pure.atLeast)
    .map(
      ([file, lines]) => `${file} is pure and has ${percent(share([lines]))} of its lines covered`,
    );
  if (reached < overall.atLeast) {
    shortfalls.unshift(`${percent(overall.atLeast)} of all lines must be covered`);
  }
  return {
    summary: `coverage: ${percent(reached)} of the lines of agent/ and exporters/, files no test loads included`,
    shortfalls,
  };
};
