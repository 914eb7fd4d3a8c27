import type { WitnessedSignal } from '../../model/witnessed.ts';
import { endsByDefault, SIGKILL } from '../signals.ts';
import type { Finding } from './finding.ts';
import { isByOthers, natureOf } from './nature.ts';
import { type PaneEnd, toLeader } from './pane-signals.ts';
import { heedMs, passedOn, wasAsked } from './passed-on.ts';
import type { Told } from './told.ts';

/** Whether nothing in the process stands in the way of it. */
const isFatal = ({ signal, caught }: WitnessedSignal): boolean =>
  signal === SIGKILL || (endsByDefault(signal) && caught !== true);

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

/** Listings tell of a second or more, and a program may take as long to end. ms */
const listedMs = 1000;

/**
 * What comes after the server has closed the pane ends nothing that was not over, and what the program was still seen
 * after, where its end was not written down, did not end it.
 */
const chosen = (
  able: readonly WitnessedSignal[],
  { exit, death }: PaneEnd,
  told: Told,
): WitnessedSignal | undefined => {
  const closed = able.findIndex((event) => natureOf(event, told) === 'removed');
  const before = closed < 0 ? able : able.slice(0, closed + 1);
  const late = exit === null ? before.filter(({ at }) => at >= death.lastSeen - listedMs) : [];
  const some = late.length > 0 ? late : before;
  return some.find((event) => event.caught !== true) ?? some[0];
};

/** The signal that ended the leader of a pane; undefined: none did. */
export const fatalToLeader = (
  end: PaneEnd,
  told: Told,
  /** Consequences of something else. */
  isLate: (signal: WitnessedSignal) => boolean,
): Finding | undefined => {
  const signals = toLeader(end, told);
  const isAble = (event: WitnessedSignal): boolean => {
    const origin = passedOn(event, signals, told) ?? event;
    // Of a pane that the server closed it writes no end down.
    const isOther = end.exit !== null && natureOf(origin, told) === 'removed';
    return mayEnd(end, event, told) && !isOther && !isLate(origin);
  };
  const fatal = chosen(signals.filter(isAble), end, told);
  if (!fatal) return undefined;
  const { death, exit } = end;
  const first = passedOn(fatal, signals, told);
  const signal = first ?? fatal;
  const nature = natureOf(signal, told);
  const isHandled = isByOthers(nature) && (first !== undefined || signal.caught === true);
  const isSure = exit !== null || signal.signal === SIGKILL || signal.caught === false;
  const certain =
    !isHandled &&
    !wasAsked(signal, signals, told) &&
    nature !== 'parent' &&
    (isSure || nature === 'removed') &&
    signal.result === 'delivered';
  return { death, signal, nature, way: isHandled ? 'heeded' : 'direct', certain };
};
