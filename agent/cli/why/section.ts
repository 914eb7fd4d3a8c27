import type { Terminal } from '../frame/terminal.ts';

/** The command that leaves nothing out. */
export const inFull = 'holdfast why --evidence';

/** Under a bold title the first `most` items; the title says where that leaves some out. Nothing without items. */
export const section = <T>(
  title: string,
  items: readonly T[],
  most: number,
  show: (item: T) => readonly string[],
  terminal: Terminal,
): string[] => {
  if (items.length === 0) return [];
  const part = items.length > most ? `, ${most} of ${items.length}: ${inFull}` : '';
  return [
    terminal.paint('bold', title) + terminal.paint('dim', part),
    ...items.slice(0, most).flatMap(show),
  ];
};
