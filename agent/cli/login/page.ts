import { type BotNeeded, botLabel } from '../../model/bot/bot-needed.ts';
import { needText } from '../../model/bot/needs-you.ts';
import type { BotRef } from '../../model/events/bot.ts';
import { printable } from '../../model/text/printable.ts';
import type { Terminal } from '../frame/terminal.ts';
import { qrLines, qrSpace } from '../view/qr.ts';
import { truncate } from '../view/width.ts';

export const nameOf = (bot: BotRef): string => printable(botLabel(bot));

export const headOf = (need: BotNeeded): string =>
  `${nameOf(need)} needs you: ${needText(need.kind)}`;

const qrOrWhy = (text: string, terminal: Terminal): string[] => {
  const space = qrSpace(text);
  if (space === null) {
    return [`what the bot gave has ${text.length} characters: no QR code holds that`];
  }
  const lines = qrLines(text, terminal);
  if (lines.length > 0) return lines;
  const { columns, rows } = space;
  return [`too small a terminal: the QR code takes ${columns} columns and ${rows} rows`];
};

/** A QR code, on a whole terminal, with the two lines there is room for. */
export const qrPage = (need: BotNeeded, terminal: Terminal): string[] => {
  const foot = 'it changes here when the bot gives a new one; Ctrl-C ends the wait';
  const line = (text: string): string => truncate(text, terminal.columns);
  return [
    terminal.paint('bold', line(headOf(need))),
    ...qrOrWhy(need.text, terminal),
    terminal.paint('dim', line(foot)),
  ];
};

/** A code, or where to log in: the text as it stands, in a line of its own. */
export const textLines = (need: BotNeeded, terminal: Terminal): string[] => [
  headOf(need),
  `  ${terminal.paint('bold', printable(need.text))}`,
];
