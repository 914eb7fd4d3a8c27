import { aligned } from './columns.ts';
import type { Grade, Said } from './grade.ts';
import type { Outcome, Part, Skipped } from './outcome.ts';
import type { Expected } from './way.ts';

const header = ['', 'server', 'truth', 'said', 'confidence', 'scope', 'killer', ''];

type Judged = Extract<Outcome['result'], { grade: Grade }>;

const isJudged = (result: Outcome['result']): result is Judged => 'grade' in result;

const truth = (expected: Expected): string =>
  expected.benign ? 'no incident' : expected.causes.join(' or ');

const saidText = ({ verdict, incidents }: Said): string =>
  verdict?.cause ?? (incidents > 0 ? 'an incident' : 'no incident');

const markText = ({ mark, confidentlyWrong }: Grade): string => (confidentlyWrong ? 'WRONG' : mark);

const judgedCells = ({ expected, said, grade }: Judged): string[] => [
  truth(expected),
  saidText(said),
  said.verdict?.confidence ?? '',
  expected.benign ? '' : grade.scopeRight ? 'right' : 'wrong',
  grade.killer === 'none' ? '' : grade.killer,
  markText(grade),
];

const cells = ({ way, server, result }: Outcome): string[] => [
  way,
  server,
  ...(isJudged(result) ? judgedCells(result) : ['', '', '', '', '', 'broken']),
];

const sameRow = (row: readonly string[]): string => row.join('\0');

/** Runs of one way that came out alike are one row, with their number. */
const merged = (rows: readonly string[][]): string[][] => {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(sameRow(row), (counts.get(sameRow(row)) ?? 0) + 1);
  return [...counts].map(([key, count]) => {
    const row = key.split('\0');
    return count === 1 ? row : [...row.slice(0, -1), `${row.at(-1)} (${count})`];
  });
};

/** Lines of aligned columns, a headline above the ways of each matter. */
export const tableLines = (outcomes: readonly Outcome[]): string[] => {
  const matters = [...new Set(outcomes.map(({ matter }) => matter))];
  const parts = matters.map((matter) => ({
    matter,
    rows: merged(outcomes.filter((outcome) => outcome.matter === matter).map(cells)),
  }));
  const [head = '', ...lines] = aligned([header, ...parts.flatMap(({ rows }) => rows)]);
  return [head, ...parts.flatMap(({ matter, rows }) => [matter, ...lines.splice(0, rows.length)])];
};

/** One line for each thing that is wrong, broken, or left out. */
export const noteLines = (outcomes: readonly Outcome[], skipped: readonly Skipped[]): string[] => {
  const faults = outcomes.flatMap(({ way, server, result }) => {
    const name = `${way} (${server})`;
    if (!isJudged(result)) return [`${name} is broken: ${result.broken}`];
    const { faults: wrong } = result.grade;
    return wrong.length > 0 ? [`${name}: ${wrong.join('; ')}`] : [];
  });
  const left = skipped.map(({ way, because }) => `${way} was left out: ${because}`);
  return [...new Set([...faults, ...left])];
};

const share = (part: number, whole: number): string =>
  whole === 0 ? 'none to judge' : `${Math.round((100 * part) / whole)} % (${part} of ${whole})`;

/** What is wrong and was called certain, what was called likely, and what nobody told. */
const confidently = (judged: readonly Judged[]): string => {
  const wrong = judged.filter(({ grade }) => grade.confidentlyWrong);
  const of = (confidence: string): number =>
    wrong.filter(({ said }) => said.verdict?.confidence === confidence).length;
  const untold = wrong.length - of('certain') - of('likely');
  return wrong.length === 0
    ? '0'
    : `${wrong.length} (${of('certain')} certain, ${of('likely')} likely, ${untold} without a verdict)`;
};

/** The figures: of deaths, then of what must not be told as one. */
export const summaryLines = (outcomes: readonly Outcome[]): string[] => {
  const judged = outcomes.map(({ result }) => result).filter(isJudged);
  const deaths = judged.filter(({ expected }) => !expected.benign);
  const peace = judged.filter(({ expected }) => expected.benign);
  const count = (of: readonly Judged[], is: (grade: Grade) => boolean): number =>
    of.filter(({ grade }) => is(grade)).length;
  const killed = deaths.filter(({ expected }) => !expected.benign && expected.killers.length > 0);
  return [
    `cause right: ${share(
      count(deaths, ({ cause }) => cause === 'right'),
      deaths.length,
    )}`,
    `scope right: ${share(
      count(deaths, ({ scopeRight }) => scopeRight),
      deaths.length,
    )}`,
    `killer named: ${share(
      count(killed, ({ killer }) => killer === 'named'),
      killed.length,
    )}`,
    `unknown: ${share(
      count(deaths, ({ mark }) => mark === 'unknown'),
      deaths.length,
    )}`,
    `no incident where nothing died: ${share(
      count(peace, ({ mark }) => mark === 'right'),
      peace.length,
    )}`,
    `wrong: ${count(judged, ({ mark }) => mark === 'wrong')}`,
    `wrong and confident: ${confidently(judged)}`,
    `broken: ${outcomes.length - judged.length}`,
  ];
};

/** Whether the run is a failure: something wrong was said with confidence, or could not be judged or tried. */
export const hasFailed = ({ outcomes, troubles }: Pick<Part, 'outcomes' | 'troubles'>): boolean =>
  troubles.length > 0 ||
  outcomes.some(({ result }) => !isJudged(result) || result.grade.confidentlyWrong);
