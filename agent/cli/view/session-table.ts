import type { SessionStatus } from '../../model/status/session-status.ts';
import { printable } from '../../model/text/printable.ts';
import { percent, size } from '../../model/text/quantity.ts';
import type { Terminal } from '../frame/terminal.ts';
import { byUrgency, compare } from './session-order.ts';
import { healthCell, stateCell } from './session-state.ts';
import { type Cell, type Column, table } from './table.ts';
import { ago, shortDuration } from './time.ts';

const columns: readonly Column[] = [
  { title: 'SESSION', least: 12 },
  { title: 'SERVER', least: 6, optional: 4 },
  { title: 'STATE' },
  { title: 'AGE', align: 'right' },
  { title: 'ACTIVE', align: 'right', optional: 1 },
  { title: 'PANES', align: 'right', optional: 7 },
  { title: 'MEM', align: 'right', optional: 2 },
  { title: 'CPU', align: 'right', optional: 5 },
  { title: 'DEATHS', align: 'right', optional: 3 },
  { title: 'COMMAND', least: 7, optional: 6 },
];

/** Where nobody asks for it, there is none. */
const withHealth = (sessions: readonly SessionStatus[]): readonly Column[] =>
  sessions.some(({ health }) => health)
    ? [...columns.slice(0, 3), { title: 'HEALTH', optional: 0.5 }, ...columns.slice(3)]
    : columns;

const inOrder = (a: SessionStatus, b: SessionStatus): number =>
  byUrgency(a, b) || compare(a.server, b.server) || compare(a.session, b.session);

const rowOf = (session: SessionStatus, now: number): Cell[] => {
  const up = session.status === 'up';
  const { createdAt, lastActivityAt, deaths } = session;
  return [
    { text: printable(session.session), style: 'bold' },
    { text: printable(session.server) },
    stateCell(session),
    { text: up && createdAt !== null ? shortDuration(now - createdAt) : '' },
    { text: up && lastActivityAt !== null ? ago(lastActivityAt, now) : '' },
    { text: up ? String(session.panes) : '' },
    { text: up ? size(session.rssBytes) : '' },
    { text: up ? percent(session.cpu) : '' },
    { text: deaths > 0 ? String(deaths) : '', style: 'yellow' },
    { text: printable(session.command), style: 'dim' },
  ];
};

/** The sessions, those that need a person first, at most `most` of them and a line that says what was left out. */
export const sessionTable = (
  sessions: readonly SessionStatus[],
  most: number,
  now: number,
  terminal: Terminal,
): string[] => {
  const sorted = [...sessions].sort(inOrder);
  const shown = sorted.slice(0, sorted.length <= most ? most : Math.max(1, most - 1));
  const laid = withHealth(shown);
  const rows = shown.map((session) => {
    const row = rowOf(session, now);
    return laid === columns ? row : row.toSpliced(3, 0, healthCell(session));
  });
  const lines = table(laid, rows, terminal);
  const left = sorted.length - shown.length;
  return left === 0
    ? lines
    : [...lines, terminal.paint('dim', `and ${left} more: holdfast sessions`)];
};
