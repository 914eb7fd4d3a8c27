import type { MachinePoint } from '../../model/events/measures.ts';
import { size } from '../../model/text/quantity.ts';
import { inTime, riseOf } from './course.ts';

/** Of all memory: so much used leaves little to give. */
const full = 0.9;

/** So much more within a minute is no everyday thing. */
const much = 0.2;

/** Less is the ordinary coming and going. */
const noticeable = 0.05;

/** `memory of the machine rose from 1.2G to 1.9G of 2.0G in 60 s`; null: it was not short of any, and took no more. */
export const machineMemory = (points: readonly MachinePoint[]): string | null => {
  const total = points.at(-1)?.memoryTotalBytes ?? 0;
  const used = points.map((point) => ({ at: point.at, value: total - point.memoryAvailableBytes }));
  const rise = riseOf(used);
  if (!rise || total <= 0) return null;
  const { from, to, overMs } = rise;
  if (to < full * total && to - from < much * total) return null;
  const risen = to - from >= noticeable * total;
  return risen
    ? `memory of the machine rose from ${size(from)} to ${size(to)} of ${size(total)}${inTime(overMs)}`
    : `of the memory of the machine ${size(to)} of ${size(total)} were used`;
};
