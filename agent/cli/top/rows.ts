import { printable } from '../../model/text/printable.ts';
import { percent, size } from '../../model/text/quantity.ts';
import type { Style, Terminal } from '../frame/terminal.ts';
import { type Cell, type Column, table } from '../view/table.ts';
import { shortDuration } from '../view/time.ts';
import type { Entry } from './entry.ts';

/** Less than a terminal has that is no phone. */
const phoneColumns = 60;

/**
 * On a phone of 40 columns the first four are left, and the fifth where there is a limit. Where there is more room,
 * `given up` and `needs you` are worth more than how often it died.
 */
const columnsFor = (width: number): readonly Column[] => [
  { title: 'NAME', least: 8 },
  { title: 'STATE', least: width < phoneColumns ? 7 : 'failed, given up'.length },
  { title: 'MEM', align: 'right' },
  { title: 'CPU', align: 'right', optional: 1 },
  { title: 'LIMIT', align: 'right', optional: 2 },
  { title: 'AGE', align: 'right', optional: 3 },
  { title: 'OUTPUT', align: 'right', optional: 4 },
  { title: 'HEALTH', least: 6, optional: 5 },
  { title: 'RESTARTS', align: 'right', optional: 6 },
  { title: 'DEATHS', align: 'right', optional: 7 },
  { title: 'SERVER', least: 6, optional: 8 },
  { title: 'COMMAND', least: 7, optional: 9 },
];

const memoryStyle = ({ memory, limit }: Entry): Style | null => {
  const share = limit === null || limit <= 0 ? 0 : (memory ?? 0) / limit;
  return share >= 0.95 ? 'red' : share >= 0.8 ? 'yellow' : null;
};

const count = (value: number): string => (value ? String(value) : '');

/** `3+1`: systemd started it again three times, and Holdfast restarted it once. */
const restartsText = ({ restarts, ownRestarts }: Entry): string => {
  const all = restarts ?? 0;
  return ownRestarts ? `${all - ownRestarts}+${ownRestarts}` : count(all);
};

const rowOf = (entry: Entry, now: number): Cell[] => {
  const { name, server, state, health, memory, limit, cpu, startedAt, outputAt, what } = entry;
  const shown = (value: number | null, text: (value: number) => string): string =>
    entry.isUp && value !== null ? text(value) : '';
  const since = (at: number): string => shortDuration(now - at);
  return [
    { text: printable(name), style: 'bold' },
    state,
    { text: shown(memory, size), style: memoryStyle(entry) },
    { text: shown(cpu, percent) },
    { text: shown(limit, size), style: 'dim' },
    { text: shown(startedAt, since) },
    { text: shown(outputAt, since) },
    health,
    { text: restartsText(entry), style: 'yellow' },
    { text: count(entry.deaths), style: 'yellow' },
    { text: printable(server) },
    { text: printable(what), style: 'dim' },
  ];
};

/** Columns that nothing is said in are left out: not every agent knows, not every session has a limit. */
const said = ['LIMIT', 'HEALTH', 'RESTARTS', 'DEATHS'];

/** A header and a line for each of `shown`, as wide as `all` of them make the columns. */
export const entryRows = (
  all: readonly Entry[],
  shown: { from: number; to: number },
  now: number,
  terminal: Terminal,
): string[] => {
  const rows = all.map((entry) => rowOf(entry, now));
  const kept = columnsFor(terminal.columns)
    .map((column, index) => ({ column, index }))
    .filter(
      ({ column, index }) => !said.includes(column.title) || rows.some((row) => row[index]?.text),
    );
  const cells = rows.map((row) => kept.map(({ index }) => row[index] ?? { text: '' }));
  const [header = '', ...lines] = table(
    kept.map(({ column }) => column),
    cells,
    terminal,
  );
  return [header, ...lines.slice(shown.from, shown.to)];
};
