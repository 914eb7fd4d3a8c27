import type { UnitLine } from '../../model/status/unit-line.ts';
import { plural } from '../../model/text/plural.ts';
import { printable } from '../../model/text/printable.ts';
import { unitsServer } from '../../model/unit-state.ts';
import type { Terminal } from '../frame/terminal.ts';
import { healthPage } from './health-page.ts';
import { refreshLines } from './refresh-lines.ts';
import { ago } from './time.ts';
import { unitTable } from './unit-table.ts';
import { truncate } from './width.ts';

const startsOf = ({ restarts, healthRestarts }: UnitLine): string => {
  const bySystemd =
    restarts === null ? '' : `, started again by systemd ${plural(restarts, 'time')}`;
  return `${bySystemd}, restarted for its health ${plural(healthRestarts, 'time')}`;
};

const factsOf = (unit: UnitLine, now: number): string[] => {
  const { pid, end } = unit;
  return [
    `${unit.unit}${pid === null ? '' : `, pid ${pid}`}${startsOf(unit)}`,
    ...(end ? [`last end: ${end.how} ${ago(end.at, now)}: ${end.why}`] : []),
  ];
};

/** One declared unit: its line of the table, what systemd calls it, how it ended last, its login, and its checks. */
export const unitPage = (
  unit: UnitLine,
  unseen: string | null,
  now: number,
  terminal: Terminal,
): string[] => [
  ...unitTable([unit], unseen, now, terminal),
  ...factsOf(unit, now).map((text) => truncate(printable(text), terminal.columns)),
  ...(unit.refresh ? refreshLines(unit.refresh, now, 'unit') : []).map((text) =>
    truncate(printable(text), terminal.columns),
  ),
  ...healthPage({ ...unit, session: unit.name, server: unitsServer }, now, terminal),
];
