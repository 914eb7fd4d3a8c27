import type { WitnessedSignal } from '../../model/witnessed.ts';
import { meansEnd } from '../signals.ts';
import { isByOthers, isSelf, natureOf } from './nature.ts';
import type { Told } from './told.ts';

/** A request is heeded within this time, or it was not what ended the program. ms */
export const heedMs = 10_000;

/** Ctrl-C often stops what goes on in a program, and not the program: it has to follow at once. ms */
export const typedMs = 1000;

/**
 * A program that has handled a signal often sends it to itself to end of it: then where the first one came from counts,
 * whether from another process, from the terminal, or from a server that closed the pane.
 */
export const passedOn = (
  fatal: WitnessedSignal,
  signals: readonly WitnessedSignal[],
  told: Told,
): WitnessedSignal | undefined => {
  if (!isSelf(fatal) || fatal.code > 0) return undefined;
  return signals.find((earlier) => {
    const nature = natureOf(earlier, told);
    return (
      nature !== 'self' &&
      earlier.signal === fatal.signal &&
      earlier.result === 'delivered' &&
      earlier.at < fatal.at &&
      earlier.at >= fatal.at - (nature === 'typed' ? typedMs : heedMs)
    );
  });
};

/** It had just been asked to end by somebody else, and may have ended itself for that. */
export const wasAsked = (
  fatal: WitnessedSignal,
  signals: readonly WitnessedSignal[],
  told: Told,
): boolean =>
  isSelf(fatal) &&
  signals.some(
    (event) =>
      meansEnd(event.signal) &&
      event.result === 'delivered' &&
      event.at < fatal.at &&
      event.at >= fatal.at - heedMs &&
      isByOthers(natureOf(event, told)),
  );
