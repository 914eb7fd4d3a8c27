import type { HealthLine } from '../../model/status/health-line.ts';
import type { SessionStatus } from '../../model/status/session-status.ts';
import { printable } from '../../model/text/printable.ts';
import type { Style, Terminal } from '../frame/terminal.ts';
import { type Column, table } from './table.ts';
import { ago } from './time.ts';
import { truncate } from './width.ts';

export const healthStyles: Readonly<Record<HealthLine['status'], Style>> = {
  starting: 'yellow',
  healthy: 'green',
  degraded: 'yellow',
  waiting: 'yellow',
  failed: 'red',
};

const columns: readonly Column[] = [
  { title: 'CHECK', least: 9 },
  { title: 'STATE' },
  { title: 'LOOKS', optional: 2 },
  { title: 'LAST', align: 'right', optional: 1 },
  { title: 'FOUND', least: 10 },
];

/** What the last looks found, the newest last: `ok 2, failed 1`. */
const countsOf = (recent: readonly string[]): string =>
  [...Map.groupBy(recent, (status) => status)]
    .map(([status, looks]) => `${status} ${looks.length}`)
    .join(', ');

const headOf = (
  { session, server }: Pick<SessionStatus, 'session' | 'server'>,
  { status, since, check, reason }: HealthLine,
  now: number,
): string =>
  printable(
    `${server}:${session} is ${status}, changed ${ago(since, now)}: ${check === null ? '' : `${check}: `}${reason}`,
  );

/** What checks look at. */
export type Checked = Pick<SessionStatus, 'session' | 'server' | 'life' | 'health'>;

/** One session or unit: how it is, and each check as it was last looked at. */
export const healthPage = (session: Checked, now: number, terminal: Terminal): string[] => {
  const { health } = session;
  if (!health) return [];
  const rows = health.checks.map(({ check, level, recent, last, unasked }) => [
    { text: check, style: 'bold' as const },
    { text: level ?? (unasked === undefined ? 'not known yet' : 'not looked at') },
    { text: countsOf(recent) || 'none since' },
    { text: last ? ago(last.at, now) : '' },
    { text: printable(last ? `${last.status}: ${last.reason}` : (unasked ?? '')) },
  ]);
  const head = truncate(headOf(session, health, now), terminal.columns);
  const lines = rows.length === 0 ? [] : table(columns, rows, terminal);
  return [terminal.paint(healthStyles[health.status], head), ...lines];
};
