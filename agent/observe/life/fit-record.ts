import type { DeathRecord } from '../../model/events/death.ts';
import { jsonBytes } from '../../model/json-size.ts';

/** Leaves room for the envelope within the 8 KiB of an event. */
const maxRecordBytes = 7600;

interface Cut {
  name: string;
  apply(record: DeathRecord): DeathRecord;
}

const shortCommand = 60;

const withOthers =
  (count: number) =>
  (record: DeathRecord): DeathRecord => ({ ...record, others: record.others.slice(0, count) });

/** What is least needed first. All of them together fit any record, whatever its texts hold. */
const cuts: readonly Cut[] = [
  {
    name: 'host.processes',
    apply: (record) => ({
      ...record,
      host: record.host && { ...record.host, processes: record.host.processes.slice(0, 8) },
    }),
  },
  { name: 'usageBefore', apply: (record) => ({ ...record, usageBefore: [] }) },
  {
    name: 'screens.tail',
    apply: (record) => ({
      ...record,
      screens: record.screens.map((screen) => ({ ...screen, tail: screen.tail.slice(-120) })),
    }),
  },
  {
    name: 'panes',
    apply: (record) => ({
      ...record,
      panes: record.panes.slice(0, 2),
      screens: record.screens.slice(0, 2),
    }),
  },
  { name: 'others', apply: withOthers(3) },
  { name: 'host', apply: (record) => ({ ...record, host: null }) },
  {
    name: 'commands',
    apply: (record) => ({
      ...record,
      panes: record.panes.map((pane) => ({
        ...pane,
        command: pane.command.slice(0, shortCommand),
      })),
      lastCommand: { ...record.lastCommand, text: record.lastCommand.text.slice(0, shortCommand) },
    }),
  },
  { name: 'others', apply: withOthers(0) },
];

/** Cuts a record to the size of an event, and says what was cut. */
export const fitRecord = (record: DeathRecord): DeathRecord => {
  let fitted = record;
  for (const { name, apply } of cuts) {
    if (jsonBytes(fitted) <= maxRecordBytes) break;
    const cut = apply(fitted);
    const trimmed = [...new Set([...fitted.trimmed, name])];
    if (jsonBytes(cut) < jsonBytes(fitted)) fitted = { ...cut, trimmed };
  }
  return fitted;
};
