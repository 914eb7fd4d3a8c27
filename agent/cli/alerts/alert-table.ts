import { isAtLeast, type Severity, severities } from '../../model/severity.ts';
import { printable } from '../../model/text/printable.ts';
import type { AlertLine } from '../../protocol/notifier.ts';
import type { Style, Terminal } from '../frame/terminal.ts';
import { type Cell, type Column, table } from '../view/table.ts';
import { ago } from '../view/time.ts';

const columns: readonly Column[] = [
  { title: 'SEVERITY' },
  { title: 'SINCE', align: 'right' },
  { title: 'ALERT', least: 28 },
  { title: 'COUNT', align: 'right', optional: 2 },
  { title: 'STATE', least: 8 },
  { title: 'TOLD', least: 10, optional: 1 },
];

const styleOf = ({ status, severity }: AlertLine): Style | null => {
  if (status === 'resolved') return 'dim';
  return isAtLeast(severity, 'error') ? 'red' : isAtLeast(severity, 'warning') ? 'yellow' : null;
};

const stateOf = ({ status, lapsed = false, acknowledgedAt }: AlertLine, now: number): string => {
  if (status === 'resolved') return lapsed ? 'lapsed' : 'resolved';
  return acknowledgedAt === null ? 'open' : `acknowledged ${ago(acknowledgedAt, now)}`;
};

/** `sent telegram:17, webhook:ops; quiet-hours ntfy:phone` */
const toldOf = ({ channels }: AlertLine): string => {
  const byOutcome = Map.groupBy(Object.entries(channels), ([, outcome]) => outcome);
  return [...byOutcome]
    .map(([outcome, told]) => `${outcome} ${told.map(([channel]) => channel).join(', ')}`)
    .join('; ');
};

const rowOf = (line: AlertLine, now: number): Cell[] => [
  { text: printable(line.severity), style: styleOf(line) },
  { text: ago(line.openedAt, now), style: 'dim' },
  { text: printable(line.headline), style: line.status === 'firing' ? 'bold' : null },
  { text: line.count > 1 ? String(line.count) : '' },
  { text: stateOf(line, now) },
  { text: printable(toldOf(line)), style: 'dim' },
];

/** A severity of a newer release is the least of all. */
const rankOf = (severity: Severity): number => severities.indexOf(severity);

/** Open ones first, of those the most serious; then the newest. */
export const byNeed = (a: AlertLine, b: AlertLine): number => {
  if (a.status !== b.status) return a.status === 'firing' ? -1 : 1;
  const graver = a.status === 'firing' ? rankOf(b.severity) - rankOf(a.severity) : 0;
  return graver || b.updatedAt - a.updatedAt;
};

/** Alerts, in the order they are given. */
export const alertTable = (
  lines: readonly AlertLine[],
  now: number,
  terminal: Terminal,
): string[] =>
  table(
    columns,
    lines.map((line) => rowOf(line, now)),
    terminal,
  );
