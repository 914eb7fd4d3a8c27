import type { DeathRecord } from '../../model/events/death.ts';
import type { Terminal } from '../frame/terminal.ts';
import { printable } from '../printable.ts';
import { exitText } from '../view/exit-status.ts';
import { type Column, table } from '../view/table.ts';
import { duration } from '../view/time.ts';
import { pad, truncate } from '../view/width.ts';
import { deathFacts, surroundings } from './facts.ts';
import { titled } from './titled.ts';

const labelColumns = 14;

/** One death in full: what it was, how it ended, and what was around it. */
export const deathLines = (death: DeathRecord, width: number, terminal: Terminal): string[] => {
  const facts = [...deathFacts(death), ...surroundings(death)].map(({ label, text }) => {
    const shown = truncate(printable(text), width - labelColumns - 2);
    return `  ${terminal.paint('dim', pad(label, labelColumns))}${shown}`;
  });
  return titled(printable(death.session), facts, terminal);
};

const columns: readonly Column[] = [
  { title: '  ALSO DIED', least: 12 },
  { title: 'LIVED', align: 'right' },
  { title: 'ENDED', least: 12 },
  { title: 'LAST COMMAND', least: 12 },
];

/** The rest of an incident, a line each: `holdfast why SESSION` shows any of them in full. */
export const otherDeathLines = (deaths: readonly DeathRecord[], terminal: Terminal): string[] => {
  const rows = deaths.map((death) => [
    { text: `  ${printable(death.session)}` },
    { text: duration(death.ageMs) },
    { text: exitText(death.panes.find((pane) => pane.exit)?.exit ?? null) },
    { text: printable(death.lastCommand.text) },
  ]);
  return rows.length === 0 ? [] : table(columns, rows, terminal);
};
