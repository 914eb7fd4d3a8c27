import type { DeathRecord } from '../../model/events/death.ts';
import { size } from '../../model/text/quantity.ts';
import { quoted } from '../naming.ts';
import { inTime, type Rise, riseOf } from './course.ts';

export type MeasuredDeath = Pick<DeathRecord, 'session' | 'usage' | 'usageBefore'>;

/** Less than this is no matter on any machine, bytes. */
const leastBytes = 64 * 2 ** 20;

/** Nor is less than this of all the machine has. */
const ofMachine = 0.05;

/** A program that holds much comes and goes by a part of it. */
const timesAsMuch = 1.5;

/** Of its own limit: so much leaves little. */
const nearLimit = 0.9;

/** More sessions nobody reads. */
const most = 2;

interface Risen extends Rise {
  session: string;
  /** Null: it has none, or that is not known. */
  limitBytes: number | null;
}

const risenOf = ({ session, usage, usageBefore = [] }: MeasuredDeath): Risen | null => {
  const rise = riseOf(usageBefore.map(({ at, rssBytes }) => ({ at, value: rssBytes })));
  return rise && { ...rise, session, limitBytes: usage?.cgroup?.memoryMaxBytes ?? null };
};

const isAtLimit = ({ to, limitBytes }: Risen): boolean =>
  limitBytes !== null && to >= nearLimit * limitBytes;

const textOf = (risen: Risen): string => {
  const { session, from, to, overMs, limitBytes } = risen;
  const allowed = limitBytes === null ? '' : ` of the ${size(limitBytes)} it may have`;
  return to - from >= leastBytes
    ? `memory of ${quoted(session)} rose from ${size(from)} to ${size(to)}${allowed}${inTime(overMs)}`
    : `${quoted(session)} had ${size(to)}${allowed}`;
};

/**
 * `memory of "web" rose from 210M to 1.4G in 40 s`: of those that took much more, or had nearly all that they may have.
 * @param totalBytes memory of the machine; 0: not known
 */
export const sessionMemory = (deaths: readonly MeasuredDeath[], totalBytes: number): string[] => {
  const least = Math.max(leastBytes, ofMachine * totalBytes);
  const isMuch = ({ from, to }: Risen): boolean => to - from >= least && to >= timesAsMuch * from;
  return deaths
    .flatMap((death) => risenOf(death) ?? [])
    .filter((risen) => isMuch(risen) || isAtLimit(risen))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, most)
    .map(textOf);
};
