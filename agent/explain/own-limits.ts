import type { DeadPane, DeathRecord } from '../model/events/death.ts';
import type { LeaderSample } from '../model/events/measures.ts';
import { lastPanes } from './last-panes.ts';
import { SIGKILL, SIGXCPU, SIGXFSZ } from './signals.ts';

/** By then a process has set its limits and its handlers, or those before it have. ms */
const settledMs = 2000;

/** `RLIMIT_CPU` counts whole seconds, and at least one (setrlimit(2)). */
const leastSeconds = 1;

/** Processor time is measured in clock ticks, and a limit is noticed at one. ms */
const tickMs = 20;

/** The pane whose end was that of the session, where that is beyond doubt. */
const lastPane = (death: DeathRecord): DeadPane | null => {
  const { panes } = death;
  if (panes.length === 1) return panes[0] ?? null;
  const last = lastPanes(death);
  return last.length === 1 ? (last[0] ?? null) : null;
};

/** What was last seen of the process whose end was that of the session; null: nothing. */
export const leaderOf = (death: DeathRecord): LeaderSample | null =>
  lastPane(death)?.leader ?? null;

export const isSettled = ({ ageMs }: LeaderSample): boolean => ageMs >= settledMs;

/** The most processor time a process can have had when it ended, ms: that of all processors since it was measured. */
const mostCpuMs = ({ cpuMs, cpuAt }: LeaderSample, { found, host }: DeathRecord): number =>
  cpuMs + Math.max(0, found - cpuAt) * (host?.processors ?? Infinity) + tickMs;

/** Whether a limit of processor time was set, and could be reached by then. */
const mayReach = (seconds: number | null, leader: LeaderSample, death: DeathRecord): boolean =>
  seconds !== null && mostCpuMs(leader, death) >= Math.max(seconds, leastSeconds) * 1000;

/** Whether it cannot have reached any: there was none, or there was no time for the shortest. */
const cannotReach = (seconds: number | null, leader: LeaderSample, death: DeathRecord): boolean => {
  if (mostCpuMs(leader, death) < leastSeconds * 1000) return true;
  return isSettled(leader) && !mayReach(seconds, leader, death);
};

/** Processor time after which the kernel sends it; null: never. Who does not handle SIGXCPU does not live to see SIGKILL. */
const secondsUntil = (signal: number, leader: LeaderSample): number | null => {
  const { cpuSoft, cpuHard, handles } = leader;
  if (signal === SIGXCPU) return cpuSoft;
  const isSofter = cpuSoft !== null && cpuHard !== null && cpuSoft < cpuHard;
  return isSofter && !handles.includes(SIGXCPU) ? null : cpuHard;
};

/**
 * Whether a limit of its process may have ended it by this signal: `set`, there was such a limit, and it could be
 * reached; `excluded`, there was none, or it was out of reach; `open`: what was seen does not tell.
 */
export const limitBehind = (death: DeathRecord, signal: number): 'set' | 'excluded' | 'open' => {
  const leader = leaderOf(death);
  if (signal !== SIGKILL && signal !== SIGXCPU && signal !== SIGXFSZ) return 'excluded';
  if (!leader) return 'open';
  if (signal === SIGXFSZ) {
    if (leader.fileSize !== null) return 'set';
    return isSettled(leader) ? 'excluded' : 'open';
  }
  const seconds = secondsUntil(signal, leader);
  if (mayReach(seconds, leader, death)) return 'set';
  return cannotReach(seconds, leader, death) ? 'excluded' : 'open';
};

/** Whether it had so little processor time left when it was measured that it ran into the limit, if it went on. */
export const wasNearLimit = (death: DeathRecord, signal: number): boolean => {
  const leader = leaderOf(death);
  const seconds = leader && secondsUntil(signal, leader);
  if (!leader || seconds === null) return false;
  return leader.cpuMs >= 0.9 * Math.max(seconds, leastSeconds) * 1000;
};
