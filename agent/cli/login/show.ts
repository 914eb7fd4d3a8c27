import { setTimeout as wait } from 'node:timers/promises';
import type { BotNeeded, BotStanding } from '../../model/bot/bot-needed.ts';
import type { Terminal } from '../frame/terminal.ts';
import { openScreen, type Screen } from '../view/screen.ts';
import { headOf, nameOf, qrPage, textLines } from './page.ts';

export interface ShowPorts {
  terminal: Terminal;
  /** What the bot needs now, and how it is; null: no such bot is heard. */
  look(): Promise<{ need: BotNeeded | undefined; state: BotStanding['state'] | null }>;
  /** Resolves when a signal asks for the end. */
  asked: Promise<unknown>;
}

/** As often as an owner may ask for long. ms */
const lookMs = 1000;

/** What is on the terminal: a QR code takes all of it and leaves nothing behind, text stays to be copied. */
const createDisplay = (terminal: Terminal) => {
  let screen: Screen | null = null;
  let size = '';
  let said = '';
  const leave = (): void => {
    screen?.close();
    screen = null;
  };
  const showText = (lines: readonly string[]): void => {
    const text = lines.join('\n');
    if (text === said) return;
    leave();
    said = text;
    for (const line of lines) terminal.line(line);
  };
  const showQr = (need: BotNeeded): void => {
    said = '';
    screen ??= openScreen(terminal);
    const now = `${terminal.columns} ${terminal.rows}`;
    if (now !== size) screen.forget();
    size = now;
    screen.draw(qrPage(need, terminal));
  };
  return {
    leave,
    say: showText,
    show: (need: BotNeeded): void =>
      need.kind === 'qr' ? showQr(need) : showText(textLines(need, terminal)),
  };
};

/**
 * Shows what a bot needs, and what it needs next, until it is ready.
 * @returns false where somebody asked for the end before
 * @throws what `look` throws; the terminal is then as it was
 */
export const showUntilReady = async (
  first: BotNeeded,
  { terminal, look, asked }: ShowPorts,
): Promise<boolean> => {
  const display = createDisplay(terminal);
  const over = new AbortController();
  const { signal } = over;
  void asked.then(() => over.abort());
  // Also where something of ours fails: what logs the bot in must not stay on a terminal.
  process.once('exit', display.leave);
  try {
    display.show(first);
    while (!signal.aborted) {
      await wait(lookMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) break;
      const { need, state } = await look();
      if (state === 'ready') {
        display.say([`${nameOf(first)} is logged in`]);
        return true;
      }
      if (need) display.show(need);
      else display.say([`${nameOf(first)} asks for nothing now: it is ${state ?? 'gone'}`]);
    }
    display.say([`not logged in: ${headOf(first)}`]);
    return false;
  } finally {
    display.leave();
    process.off('exit', display.leave);
  }
};
