import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** A terminal of tmux's own panes (pts(4)): what a server calls one is not believed. */
const isTerminal = (path: string): boolean => /^\/dev\/pts\/\d{1,10}$/.test(path);

/** As much as a terminal takes at once: what is printed before its program reads nothing waits for nobody. */
const maxBytes = 16 * 1024;

/** Never ours to lose: a session without its first lines is a session. */
export const writePrologue = async (terminal: string, text: string): Promise<void> => {
  if (!isTerminal(terminal)) return;
  // Not to become its controlling process, and not to wait for a terminal that is stopped.
  const flags = constants.O_WRONLY | constants.O_NOCTTY | constants.O_NONBLOCK;
  const file = await open(terminal, flags).catch(() => null);
  if (!file) return;
  try {
    if ((await file.stat()).isCharacterDevice())
      await file.write(Buffer.from(text).subarray(0, maxBytes));
  } catch {
    // It ended already, or takes nothing.
  } finally {
    await file.close();
  }
};
