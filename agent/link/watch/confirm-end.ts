import { setTimeout as wait } from 'node:timers/promises';
import type { Instance, ServerEnd } from '../../model/events/server.ts';
import type { Sentinel, SentinelEnd } from '../tmux/waiting-client.ts';
import type { Access } from './access.ts';
import type { Hold } from './hold.ts';
import { type SingleFlight, singleFlight } from './single-flight.ts';
import type { Watched } from './watched.ts';

/** A server that seems to have ended is looked at this often until it is gone or clearly is not, ms. */
const looksMs = [0, 1, 1, 1, 2, 4, 8, 16, 32, 64, 128, 250];

/**
 * Resolves when both a server and its sentinel have ended, which they do within milliseconds of each other, when
 * `isOver` says that nobody asks any more, or when one of them clearly lives on.
 */
const seeEnd = async (
  isGone: () => boolean,
  sentinel: Sentinel | null,
  isOver: () => boolean,
): Promise<void> => {
  for (const ms of looksMs) {
    if (ms > 0)
      await (sentinel?.ended === null ? Promise.race([wait(ms), sentinel.done]) : wait(ms));
    if (isOver() || (isGone() && sentinel?.ended !== null)) return;
  }
};

/** What the end of its sentinel tells of a server that is gone. */
export const howEnded = (end: SentinelEnd | null | undefined): ServerEnd => {
  if (end?.killed) return 'killed';
  return end?.released ? 'exited' : 'unknown';
};

export interface EndPorts {
  gone(instance: Instance, how: ServerEnd, text: string): void;
  /** The sentinel has ended, and its server lives on. */
  lost(end: SentinelEnd): void;
}

/**
 * The server or its sentinel seems to have ended. The kernel knows which; how a server ended is known by its
 * client alone, which ends with it. Runs with what to say of the end where the client said nothing.
 */
export const createConfirmEnd = (
  watched: Watched,
  hold: Hold,
  { gone, lost }: EndPorts,
  { statOf }: Pick<Access, 'statOf'>,
): SingleFlight<[otherwise: string]> =>
  singleFlight(async (otherwise) => {
    const { instance } = watched;
    if (!instance) return;
    const isOver = (): boolean => watched.isClosed || watched.instance !== instance;
    await seeEnd(() => !statOf(instance), hold.sentinel, isOver);
    if (isOver()) return;
    const ended = hold.sentinel?.ended;
    if (!statOf(instance)) gone(instance, howEnded(ended), ended?.text || otherwise);
    else if (ended) {
      hold.forgetSentinel();
      lost(ended);
    }
  });
