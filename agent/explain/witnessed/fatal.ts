import type { WitnessedSignal } from '../../model/witnessed.ts';
import { endsByDefault, SIGKILL } from '../signals.ts';
import type { Finding } from './finding.ts';
import { isByOthers, isSelf, natureOf } from './nature.ts';
import { type PaneEnd, toLeader } from './pane-signals.ts';
import type { Told } from './told.ts';

/** A request is heeded within this time, or it was not what ended the program. ms */
export const heedMs = 10_000;

/** Whether nothing in the process stands in the way of it. */
const isFatal = ({ signal, caught }: WitnessedSignal): boolean =>
  signal === SIGKILL || (endsByDefault(signal) && caught !== true);

/**
 * A program that has handled a signal often sends it to itself to end of it: then where the first one came from counts,
 * whether from another process, from the terminal, or from a server that closed the pane.
 */
const passedOn = (
  fatal: WitnessedSignal,
  signals: readonly WitnessedSignal[],
  told: Told,
): WitnessedSignal | undefined =>
  isSelf(fatal) && fatal.code <= 0
    ? signals.find(
        (earlier) =>
          earlier.signal === fatal.signal &&
          earlier.result === 'delivered' &&
          earlier.at < fatal.at &&
          earlier.at >= fatal.at - heedMs &&
          natureOf(earlier, told) !== 'self',
      )
    : undefined;

/** Where the record says by which signal it ended, only that one counts; the first of several did it. */
const mayEnd = (end: PaneEnd, event: WitnessedSignal, told: Told): boolean => {
  const { exit, earliest } = end;
  if (exit?.status != null) return false;
  // What is blocked ends nobody, and a pane may outlive its program; but nobody outlives SIGKILL.
  const isNamed = exit?.signal === SIGKILL && event.signal === SIGKILL;
  if (!isNamed && event.at < earliest - heedMs) return false;
  // The server closes the pane also of a program that ignores it; of one it removes it writes no end down.
  if (natureOf(event, told) === 'removed') return exit === null;
  const fits = exit === null ? isFatal(event) : exit.signal === event.signal;
  return fits && event.result === 'delivered';
};

/** The signal that ended the leader of a pane; undefined: none did. */
export const fatalToLeader = (
  end: PaneEnd,
  told: Told,
  /** Consequences of something else. */
  isLate: (signal: WitnessedSignal) => boolean,
): Finding | undefined => {
  const signals = toLeader(end, told);
  const able = signals.filter(
    (event) => mayEnd(end, event, told) && !isLate(passedOn(event, signals, told) ?? event),
  );
  const fatal = able.find((event) => event.caught !== true) ?? able[0];
  if (!fatal) return undefined;
  const { death, exit } = end;
  const first = passedOn(fatal, signals, told);
  const signal = first ?? fatal;
  const nature = natureOf(signal, told);
  const isHandled = isByOthers(nature) && (first !== undefined || signal.caught === true);
  const isSure = exit !== null || signal.signal === SIGKILL || signal.caught === false;
  const certain =
    !isHandled &&
    nature !== 'parent' &&
    (isSure || nature === 'removed') &&
    signal.result === 'delivered';
  return { death, signal, nature, way: isHandled ? 'heeded' : 'direct', certain };
};
