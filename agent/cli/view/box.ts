import type { Terminal } from '../frame/terminal.ts';
import { pad, truncate, widthOf } from './width.ts';

const widest = (lines: readonly string[]): number => Math.max(0, ...lines.map(widthOf));

/** Draws `lines` in a box as wide as it must be and at most `width`, under a title. */
export const box = (
  title: string,
  lines: readonly string[],
  width: number,
  terminal: Terminal,
): string[] => {
  const room = Math.min(Math.max(widest(lines), widthOf(title) + 2), width - 4);
  const name = truncate(title, room - 2);
  const top = `┌ ${name} ${'─'.repeat(Math.max(0, room - widthOf(name)))}┐`;
  const dim = (text: string): string => terminal.paint('dim', text);
  return [
    dim(top),
    ...lines.map((line) => `${dim('│')} ${pad(truncate(line, room), room)} ${dim('│')}`),
    dim(`└${'─'.repeat(room + 2)}┘`),
  ];
};
