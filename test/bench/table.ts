import { type Row, readable, verdict } from './row.ts';

const header = ['', 'budget', 'measured', ''];

const cells = (row: Row): string[] => [
  row.what,
  row.budget === null ? '' : `${readable(row.budget)} ${row.unit}`,
  `${readable(row.measured)} ${row.unit}`,
  verdict(row),
];

/** Lines of aligned columns, numbers to the right. */
export const tableLines = (rows: readonly Row[]): string[] => {
  const lines = [header, ...rows.map(cells)];
  const widths = header.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const isNumber = (column: number): boolean => column === 1 || column === 2;
  return lines.map((line) =>
    line
      .map((cell, i) => (isNumber(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('   ')
      .trimEnd(),
  );
};

/** How some of them were measured: each note once. */
export const noteLines = (rows: readonly Row[]): string[] => {
  const notes = new Map<string, string[]>();
  for (const { what, note } of rows) {
    if (note !== undefined) notes.set(note, [...(notes.get(note) ?? []), what]);
  }
  return [...notes].map(([note, [first = '']]) => `${first}: ${note}`);
};
