import { printable } from '../../model/printable.ts';
import { percent, size } from '../../model/quantity.ts';
import type { SessionStatus } from '../../model/status.ts';
import type { Style, Terminal } from '../frame/terminal.ts';
import { healthCell, stateCell } from '../view/session-state.ts';
import { type Cell, type Column, table } from '../view/table.ts';
import { shortDuration } from '../view/time.ts';

/** On a phone of 40 columns the first four are left, and the fifth where there is a limit. */
const columns: readonly Column[] = [
  { title: 'SESSION', least: 8 },
  { title: 'STATE', least: 7 },
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

/** What counts towards the limit, where there is one. */
const memoryOf = ({ rssBytes, memoryBytes }: SessionStatus): number => memoryBytes ?? rssBytes;

const memoryStyle = (session: SessionStatus): Style | null => {
  const limit = session.memoryMaxBytes ?? null;
  const share = limit === null || limit <= 0 ? 0 : memoryOf(session) / limit;
  return share >= 0.95 ? 'red' : share >= 0.8 ? 'yellow' : null;
};

const rowOf = (session: SessionStatus, now: number): Cell[] => {
  const up = session.status === 'up';
  const { createdAt, lastActivityAt, memoryMaxBytes, deaths, restarts = 0 } = session;
  const since = (at: number | null): string => (up && at !== null ? shortDuration(now - at) : '');
  const count = (value: number): string => (value ? String(value) : '');
  return [
    { text: printable(session.session), style: 'bold' },
    stateCell(session),
    { text: up ? size(memoryOf(session)) : '', style: memoryStyle(session) },
    { text: up ? percent(session.cpu) : '' },
    { text: up && memoryMaxBytes != null ? size(memoryMaxBytes) : '', style: 'dim' },
    { text: since(createdAt) },
    { text: since(lastActivityAt) },
    healthCell(session),
    { text: count(restarts), style: 'yellow' },
    { text: count(deaths), style: 'yellow' },
    { text: printable(session.server) },
    { text: printable(session.command), style: 'dim' },
  ];
};

/** Columns that nothing is said in are left out: not every agent knows, not every session has a limit. */
const said = ['LIMIT', 'HEALTH', 'RESTARTS', 'DEATHS'];

/** A header and a line for each of `shown`, as wide as `all` of them make the columns. */
export const sessionRows = (
  all: readonly SessionStatus[],
  shown: { from: number; to: number },
  now: number,
  terminal: Terminal,
): string[] => {
  const rows = all.map((session) => rowOf(session, now));
  const kept = columns
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
