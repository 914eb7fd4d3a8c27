import type { DeadPane, DeathRecord } from '../../model/events/death.ts';
import type { Ancestor, WitnessedSignal } from '../../model/witnessed.ts';
import { slackMs } from '../clock-slack.ts';
import { descendsFrom, isProcess } from '../process.ts';
import type { Told } from './told.ts';

/** Exits are written down in whole seconds. ms */
const secondMs = 1000;

/** tmux tells when a session was made in whole seconds. ms */
const bornMs = 2000;

/** The end of one pane's leader: how, where that was written down, and when. */
export interface PaneEnd {
  death: DeathRecord;
  pane: DeadPane;
  exit: { status: number | null; signal: number | null } | null;
  /** It may lie between these, ms since the epoch. */
  earliest: number;
  latest: number;
  /** What came after this came just before the end. */
  recent: number;
}

export const paneEnd = (death: DeathRecord, pane: DeadPane): PaneEnd => {
  const { exit: last, found, lastSeen } = death;
  const latest = last ? Math.min(found, last.at + secondMs) : found;
  const recent = Math.min(last?.at ?? found - secondMs, latest);
  const earliest = last ? recent : Math.min(lastSeen, recent);
  return { death, pane, exit: pane.exit ?? last, earliest, latest, recent };
};

const isWithin = ({ death: { found, ageMs }, latest }: PaneEnd, { at }: WitnessedSignal): boolean =>
  at <= latest + slackMs && at >= found - ageMs - bornMs;

/**
 * A pane without a start time is known only by what tmux wrote down, and any client of the server may write there: it is
 * one where the kernel shows that the server began it.
 */
const isBegunByServer = (
  line: readonly Ancestor[],
  { pane }: PaneEnd,
  { server }: Told,
): boolean => {
  if (pane.startTime !== 0) return true;
  const parent = line[line.findIndex(({ pid }) => pid === pane.pid) + 1];
  return server.instance != null && parent !== undefined && isProcess(parent, server.instance);
};

/** Signals to the leader of the pane while it was there, in order. */
export const toLeader = (end: PaneEnd, told: Told): WitnessedSignal[] =>
  told.testimony.signals.filter(
    (signal) =>
      isProcess(signal.victim, end.pane) &&
      isBegunByServer([signal.victim, ...signal.victim.ancestry], end, told) &&
      isWithin(end, signal),
  );

/** Signals to what the leader had started, but for those of its own: it may clean up as it ends. */
export const belowLeader = (end: PaneEnd, told: Told): WitnessedSignal[] =>
  told.testimony.signals.filter(
    (signal) =>
      descendsFrom(signal.victim, end.pane) &&
      isBegunByServer(signal.victim.ancestry, end, told) &&
      !isProcess(signal.sender, end.pane) &&
      isWithin(end, signal),
  );
