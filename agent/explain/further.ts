import type { Verdict } from '../model/events/incident.ts';
import { tellsOfCut } from './written/unread.ts';

/** Of these the kernel's word tells how, and others why. */
const haveReasons = new Set<Verdict['cause']>([
  ...(['unit-stop', 'logout', 'oom-cgroup', 'oom-system', 'oomd'] as const),
  ...(['shutdown', 'host-crash', 'program-crash', 'unknown'] as const),
]);

/** What the first process started may be what stops a unit: only the record of that job tells. */
const mayStopUnit = (actor: Verdict['actor']): boolean =>
  actor?.ancestry.slice(0, 2).some(({ pid }) => pid === 1) ?? false;

/** Whether what others wrote down may tell more: that takes a second or two, and a verdict does not wait for it. */
export const mayBeKnownBetter = ({ cause, confidence, actor }: Verdict): boolean =>
  haveReasons.has(cause) ||
  confidence !== 'certain' ||
  (cause === 'signal' && !actor) ||
  mayStopUnit(actor);

type Conclusion = Pick<Verdict, 'cause' | 'scope' | 'confidence' | 'summary' | 'actor'>;

const conclusion = ({ cause, scope, confidence, summary, actor }: Conclusion): string =>
  JSON.stringify([cause, scope, confidence, summary, actor ?? null]);

/** Whether somebody who was told of one has nothing new to hear in the other. */
export const concludesAlike = (second: Verdict, first: Verdict): boolean =>
  conclusion(second) === conclusion(first);

/** Lines that a verdict has to show for itself, and for what came before. */
const linesIn = ({ evidence, preceded = [] }: Verdict): number => evidence.length + preceded.length;

/** Whether the second is worth keeping. A source that could not be read is no reason; one that was read in part is. */
export const saysMore = (second: Verdict, first: Verdict): boolean =>
  !concludesAlike(second, first) ||
  linesIn(second) > linesIn(first) ||
  (tellsOfCut(second) && !tellsOfCut(first));
