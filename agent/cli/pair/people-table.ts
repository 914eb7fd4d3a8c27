import { printable } from '../../model/text/printable.ts';
import type { PairedPerson } from '../../protocol/notifier.ts';
import type { Terminal } from '../frame/terminal.ts';
import { type Cell, type Column, table } from '../view/table.ts';
import { ago } from '../view/time.ts';

const columns: readonly Column[] = [
  { title: 'NAME', least: 8 },
  { title: 'USER' },
  { title: 'CHANNEL' },
  { title: 'CHAT' },
  { title: 'PAIRED', align: 'right' },
];

const rowOf = (person: PairedPerson, now: number): Cell[] => [
  { text: printable(person.name), style: 'bold' },
  { text: printable(person.user) },
  { text: printable(person.channel) },
  { text: printable(person.chat) },
  { text: ago(person.pairedAt, now), style: 'dim' },
];

/** Who is paired, who came first first. */
export const peopleTable = (
  people: readonly PairedPerson[],
  now: number,
  terminal: Terminal,
): string[] =>
  table(
    columns,
    [...people].sort((a, b) => a.pairedAt - b.pairedAt).map((person) => rowOf(person, now)),
    terminal,
  );
