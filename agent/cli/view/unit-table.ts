import type { UnitLine } from '../../model/status/unit-line.ts';
import { printable } from '../../model/text/printable.ts';
import { percent, size } from '../../model/text/quantity.ts';
import type { Terminal } from '../frame/terminal.ts';
import { botCell, healthCell } from './session-state.ts';
import { type Cell, type Column, table } from './table.ts';
import { shortDuration } from './time.ts';
import { unitStanding } from './unit-state.ts';

const columns: readonly Column[] = [
  { title: 'UNIT', least: 8 },
  { title: 'STATE' },
  { title: 'SINCE', align: 'right' },
  { title: 'BOT', optional: 1 },
  { title: 'HEALTH', optional: 0.5 },
  { title: 'MEM', align: 'right', optional: 3 },
  { title: 'CPU', align: 'right', optional: 4 },
  { title: 'DEATHS', align: 'right', optional: 2 },
  { title: 'LAST END', least: 8, optional: 5 },
];

const rowOf = (unit: UnitLine, now: number): Cell[] => {
  const { name, since, rssBytes, cpu, deaths, end } = unit;
  return [
    { text: printable(name), style: 'bold' },
    unitStanding(unit),
    { text: shortDuration(now - since) },
    botCell(unit),
    healthCell(unit),
    { text: rssBytes === null ? '' : size(rssBytes) },
    { text: cpu === null ? '' : percent(cpu) },
    { text: deaths > 0 ? String(deaths) : '', style: 'yellow' },
    { text: end ? printable(`${end.how}: ${end.why}`) : '', style: 'dim' },
  ];
};

/** The declared units; where systemd cannot be asked, that. */
export const unitTable = (
  units: readonly UnitLine[],
  unseen: string | null,
  now: number,
  terminal: Terminal,
): string[] => {
  if (units.length === 0) return [];
  const rows = units.map((unit) => rowOf(unit, now));
  const trouble = `units: no systemd here that can be asked: ${unseen}`;
  return [
    ...table(columns, rows, terminal),
    ...(unseen === null ? [] : [terminal.paint('yellow', printable(trouble))]),
  ];
};
