import type { WitnessedSignal } from '../../model/witnessed.ts';
import { descendsFrom, isProcess } from '../process.ts';
import { endsByDefault, handedOn, isRequest, meansEnd } from '../signals.ts';
import type { Finding } from './finding.ts';
import { isByOthers, isSelf, natureOf } from './nature.ts';
import { belowLeader, type PaneEnd, toLeader } from './pane-signals.ts';
import { heedMs, typedMs } from './passed-on.ts';
import type { Told } from './told.ts';

/** What runs another program and ends as that did does so at once. ms */
const atOnceMs = 1000;

/**
 * Whether the end of a child says why its parent ended: its status does, which may be written down a second later, or the
 * moment, where nobody typed it, and it was not the program that did away with what it had started.
 */
const mayBeHandedOn = (end: PaneEnd, event: WitnessedSignal, told: Told): boolean => {
  if (event.result !== 'delivered') return false;
  if (end.exit) {
    return event.signal === handedOn(end.exit.status) && event.at >= end.recent - atOnceMs;
  }
  if (event.at < end.recent || descendsFrom(event.sender, end.pane)) return false;
  const nature = natureOf(event, told);
  return (
    end.death.watched === 'live' &&
    endsByDefault(event.signal) &&
    event.caught !== true &&
    (isByOthers(nature) || nature === 'crash' || nature === 'limit')
  );
};

const isOfChild = ({ victim: { ancestry } }: WitnessedSignal, { pane }: PaneEnd): boolean =>
  ancestry[0] !== undefined && isProcess(ancestry[0], pane);

const endedByChild = (end: PaneEnd, signal: WitnessedSignal, told: Told): Finding => {
  const nature = natureOf(signal, told);
  const certain = isOfChild(signal, end) && end.exit !== null && nature !== 'parent';
  return { death: end.death, signal, nature, way: 'child', certain };
};

/** A program below the leader was ended, and the leader with it. */
export const fromChild = (end: PaneEnd, told: Told): Finding | undefined => {
  const signal = belowLeader(end, told).find((event) => mayBeHandedOn(end, event, told));
  return signal && endedByChild(end, signal, told);
};

/**
 * A program that runs another one may end itself by the signal that has ended that, as timeout(1) does, and sudo(8) of
 * what it runs below a process of its own: then who sent the first one counts.
 */
export const raisedAgain = (
  { signal: raised, way }: Finding,
  end: PaneEnd,
  told: Told,
): Finding | undefined => {
  if (way !== 'direct' || !isSelf(raised) || raised.code > 0) return undefined;
  const signal = belowLeader(end, told).find(
    (event) =>
      event.signal === raised.signal &&
      event.result === 'delivered' &&
      event.at <= raised.at &&
      event.at >= raised.at - atOnceMs,
  );
  return signal && endedByChild(end, signal, told);
};

const isInTime = (end: PaneEnd, { at, signal }: WitnessedSignal, typed: boolean): boolean => {
  if (!typed) return at >= end.recent - heedMs;
  const isMeant = signal === handedOn(end.exit?.status ?? null);
  return at >= end.recent - (isMeant ? typedMs : 0);
};

const mayBeHeeded = (end: PaneEnd, event: WitnessedSignal, told: Told): boolean => {
  if (!isRequest(event.signal) || event.result !== 'delivered') return false;
  const nature = natureOf(event, told);
  const isTyped = nature === 'typed';
  if (!isTyped && (!isByOthers(nature) || nature === 'memory')) return false;
  return isInTime(end, event, isTyped);
};

/**
 * The program handled a request of somebody else and ended by itself then. What it says by its status counts more than
 * what means an end, and that more than what may mean something else.
 */
export const heeded = (end: PaneEnd, told: Told): Finding | undefined => {
  const { exit, death } = end;
  if (exit ? exit.status === null : death.watched !== 'live') return undefined;
  const able = toLeader(end, told).filter((event) => mayBeHeeded(end, event, told));
  const signal =
    able.find((event) => event.signal === handedOn(exit?.status ?? null)) ??
    able.find((event) => meansEnd(event.signal)) ??
    able[0];
  if (!signal) return undefined;
  return { death, signal, nature: natureOf(signal, told), way: 'heeded', certain: false };
};
