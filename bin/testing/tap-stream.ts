/** What a whole run of tap came to. A test here is an assertion or a subtest without any, as tap counts. */
export interface Results {
  passed: number;
  failed: number;
  skipped: number;
  /** Why tests were skipped, each reason once. */
  reasons: Set<string>;
  failedFiles: string[];
}

interface FileResult {
  name: string;
  passed: boolean;
  seconds: string;
}

const fileLine = /^(not )?ok \d+ - (.*?)(?: # time=([\d.]+)ms| # .*)?$/;
const skipLine = /^\s*ok \d+(?: - (.*?))? # SKIP ?(.*)$/;
const totalsLine = /^# \{ (.*) \}$/;
/** Of a file that failed these say nothing about why. */
const passingLine = /^\s*(ok \d+.*|# Subtest: .*|# time=.*|\d+\.\.\d+.*|)$/;
const noise = /^(TAP version|\d+\.\.\d+|# Subtest:|# time=|# No coverage|json-summary report|\s*$)/;
/** tap's note under a file that failed is mostly its command line; how the process ended is not. */
const howItEnded = /^ {2}(exitCode|signal|expired): (?!null)/;

const readFileLine = (line: string): FileResult | undefined => {
  const match = fileLine.exec(line);
  if (match === null) return undefined;
  const seconds = (Number(match[3] ?? 0) / 1000).toFixed(1);
  return { name: match[2] ?? '', passed: match[1] === undefined, seconds };
};

/** `total: 9, pass: 4, fail: 2, skip: 2`; what is zero is left out. */
const readTotals = (text: string): Map<string, number> =>
  new Map(
    text.split(', ').map((pair): [string, number] => {
      const [name = '', count] = pair.split(': ');
      return [name, Number(count)];
    }),
  );

const describe = ({ name, passed, seconds }: FileResult): string =>
  `${passed ? 'ok    ' : 'FAILED'}  ${name}  ${seconds} s`;

/**
 * Follows tap's output: one line per file as it ends, and of a file that failed what failed in it.
 * @param lines TAP 14, as `tap --reporter=tap` prints it.
 */
export const followTap = async (
  lines: AsyncIterable<string>,
  print: (line: string) => void,
): Promise<Results> => {
  const reasons = new Set<string>();
  const failedFiles: string[] = [];
  // Where tap ends without its totals nobody knows what passed.
  let totals = readTotals('fail: 1');
  let inside: string[] = [];
  let inNote = false;

  const endFile = (file: FileResult): void => {
    print(describe(file));
    if (!file.passed) {
      failedFiles.push(file.name);
      for (const line of inside) if (!passingLine.test(line)) print(line);
    }
    inside = [];
  };

  for await (const line of lines) {
    const skip = skipLine.exec(line);
    if (skip !== null) reasons.add(skip[2] || skip[1] || 'no reason given');
    const file = readFileLine(line);
    const counts = totalsLine.exec(line);
    if (counts !== null) totals = readTotals(counts[1] ?? '');
    if (line === '  ---') inNote = true;
    else if (line === '  ...') inNote = false;
    else if (file !== undefined) endFile(file);
    else if (line.startsWith('    ')) inside.push(line);
    else if (inNote ? howItEnded.test(line) : !noise.test(line)) print(line);
  }

  const count = (name: string): number => totals.get(name) ?? 0;
  return {
    passed: count('pass'),
    failed: count('fail'),
    skipped: count('skip'),
    reasons,
    failedFiles,
  };
};
