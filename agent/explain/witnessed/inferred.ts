import type { WitnessedSignal } from '../../model/witnessed.ts';
import { isProcess } from '../process.ts';
import { endsByDefault, handedOn, isRequest, meansEnd } from '../signals.ts';
import { heedMs } from './fatal.ts';
import type { Finding } from './finding.ts';
import { isByOthers, isSelf, natureOf } from './nature.ts';
import { belowLeader, type PaneEnd, toLeader } from './pane-signals.ts';
import type { Told } from './told.ts';

/** Whether the end of a child says why its parent ended: its status does, or the moment, where nobody typed it. */
const mayBeHandedOn = (end: PaneEnd, event: WitnessedSignal, told: Told): boolean => {
  if (event.result !== 'delivered' || event.at < end.recent) return false;
  if (end.exit) return event.signal === handedOn(end.exit.status);
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

/** A program below the leader was ended, and the leader with it. */
export const fromChild = (end: PaneEnd, told: Told): Finding | undefined => {
  const signal = belowLeader(end, told).find((event) => mayBeHandedOn(end, event, told));
  if (!signal) return undefined;
  const nature = natureOf(signal, told);
  const certain = isOfChild(signal, end) && end.exit !== null && nature !== 'parent';
  return { death: end.death, signal, nature, way: 'child', certain };
};

/** What runs another program and ends as that did does so at once. ms */
const raisedWithinMs = 1000;

/**
 * A program that runs another one may end itself by the signal that has ended that, as timeout(1) does: then who sent
 * the first one counts.
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
      event.at >= raised.at - raisedWithinMs &&
      isOfChild(event, end),
  );
  if (!signal) return undefined;
  const nature = natureOf(signal, told);
  const certain = end.exit !== null && nature !== 'parent';
  return { death: end.death, signal, nature, way: 'child', certain };
};

/** Ctrl-C often stops what goes on in a program, and not the program: it has to follow at once. */
const isInTime = ({ recent }: PaneEnd, { at }: WitnessedSignal, typed: boolean): boolean =>
  at >= (typed ? recent : recent - heedMs);

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
