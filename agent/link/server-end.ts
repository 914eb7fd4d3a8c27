import { setTimeout as wait } from 'node:timers/promises';
import type { Instance, ServerEnd } from '../model/events/server.ts';
import { instanceStat } from './process.ts';
import type { Sentinel, SentinelEnd } from './tmux/waiting-client.ts';

/** A server that seems to have ended is looked at this often until it is gone or clearly is not, ms. */
const looksMs = [0, 1, 1, 1, 2, 4, 8, 16, 32, 64, 128, 250];

/**
 * Resolves when both a server and its sentinel have ended, which they do within milliseconds of each other, when
 * `isOver` says that nobody asks any more, or when one of them clearly lives on.
 */
export const seeEnd = async (
  instance: Instance,
  sentinel: Sentinel | null,
  isOver: () => boolean,
): Promise<void> => {
  for (const ms of looksMs) {
    if (ms > 0)
      await (sentinel?.ended === null ? Promise.race([wait(ms), sentinel.done]) : wait(ms));
    if (isOver() || (!instanceStat(instance) && sentinel?.ended !== null)) return;
  }
};

/** What the end of its sentinel tells of a server that is gone. */
export const howEnded = (end: SentinelEnd | null | undefined): ServerEnd => {
  if (end?.killed) return 'killed';
  return end?.released ? 'exited' : 'unknown';
};
