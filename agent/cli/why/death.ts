import { duration } from '../../model/duration.ts';
import type { DeathRecord } from '../../model/events/death.ts';
import { printable } from '../../model/text/printable.ts';
import type { Terminal } from '../frame/terminal.ts';
import { exitText } from '../view/exit-status.ts';
import { type Column, table } from '../view/table.ts';
import { deathFacts } from './facts.ts';
import { hanging } from './hanging.ts';
import { inFull } from './section.ts';
import { labelColumns, titled } from './titled.ts';

/** One death in full, in at most `room` lines where leaving out the lesser facts is enough. */
export const deathLines = (
  death: DeathRecord,
  width: number,
  room: number,
  most: number,
  terminal: Terminal,
): string[] => {
  let facts = deathFacts(death).map((fact) => ({
    ...fact,
    lines: hanging(`  ${fact.label.padEnd(labelColumns)}`, fact.text, width, terminal, most),
  }));
  while (facts.reduce((sum, { lines }) => sum + lines.length, 1) > room) {
    const least = facts.reduce((greatest, { optional }) => Math.max(greatest, optional), 0);
    if (least === 0) break;
    facts = facts.filter(({ optional }) => optional < least);
  }
  return titled(
    printable(death.session),
    facts.flatMap(({ lines }) => lines),
    terminal,
  );
};

const columns: readonly Column[] = [
  { title: '  ALSO DIED', least: 12 },
  { title: 'LIVED', align: 'right', optional: 1 },
  { title: 'ENDED', least: 12 },
  { title: 'LAST COMMAND', least: 12, optional: 2 },
];

/**
 * The rest of an incident, a line each: `holdfast why SESSION` shows any of them in full.
 * @param all how many there are, those with it that the report leaves out
 * @param most how many lines there may be
 */
export const otherDeathLines = (
  deaths: readonly DeathRecord[],
  all: number,
  most: number,
  terminal: Terminal,
): string[] => {
  const shown = deaths.slice(0, deaths.length > most ? most - 1 : most);
  const rows = shown.map((death) => [
    { text: `  ${printable(death.session)}` },
    { text: duration(death.ageMs) },
    { text: exitText(death.exit) },
    { text: printable(death.lastCommand.text) },
  ]);
  const left = Math.max(all, deaths.length) - shown.length;
  const more = left > 0 ? [terminal.paint('dim', `  and ${left} more: ${inFull}`)] : [];
  return rows.length === 0 ? [] : [...table(columns, rows, terminal), ...more];
};
