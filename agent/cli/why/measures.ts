import type { DeathRecord } from '../../model/events/death.ts';
import type { MachinePoint } from '../../model/events/measures.ts';
import { percent, size } from '../../model/text/quantity.ts';
import type { IncidentReport } from '../../protocol/agent.ts';
import type { Terminal } from '../frame/terminal.ts';
import { type Column, table } from '../view/table.ts';
import { exactClock } from '../view/time.ts';
import { titled } from './titled.ts';

/** The machine in the minute before an incident opened, as its event has it. */
export const machineBefore = ({ events }: Pick<IncidentReport, 'events'>): MachinePoint[] =>
  events.flatMap(({ type, data }) =>
    type === 'incident.opened' ? (data.machineBefore ?? []) : [],
  );

const machineColumns: readonly Column[] = [
  { title: '  AT' },
  { title: 'MEMORY USED', align: 'right' },
  { title: 'OF', align: 'right' },
  { title: 'CPU', align: 'right' },
  { title: 'PRESSURE CPU', align: 'right' },
  { title: 'MEMORY', align: 'right' },
  { title: 'I/O', align: 'right' },
];

const machineRow = (point: MachinePoint): { text: string }[] => {
  const { at, memoryTotalBytes, memoryAvailableBytes, cpuBusy, pressure } = point;
  const pressures = pressure
    ? [pressure.cpu, pressure.memory, pressure.io].map((value) => value.toFixed(1))
    : ['-', '-', '-'];
  return [
    `  ${exactClock(at)}`,
    ...[size(memoryTotalBytes - memoryAvailableBytes), size(memoryTotalBytes), percent(cpuBusy)],
    ...pressures,
  ].map((text) => ({ text }));
};

/** What was measured of the machine, a line each. */
export const machineLines = (report: Pick<IncidentReport, 'events'>, terminal: Terminal) => {
  const points = machineBefore(report);
  if (points.length === 0) return [];
  const lines = table(machineColumns, points.map(machineRow), terminal);
  return titled('The machine before', lines, terminal);
};

const usageColumns: readonly Column[] = [
  { title: '  AT' },
  { title: 'MEMORY', align: 'right' },
  { title: 'CPU', align: 'right' },
];

/** What was measured of a session, a line each. */
export const usageLines = ({ usageBefore = [] }: DeathRecord, terminal: Terminal): string[] => {
  if (usageBefore.length === 0) return [];
  const rows = usageBefore.map(({ at, rssBytes, cpu }) =>
    [`  ${exactClock(at)}`, size(rssBytes), percent(cpu)].map((text) => ({ text })),
  );
  return table(usageColumns, rows, terminal);
};
