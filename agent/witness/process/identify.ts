import { type Ancestor, maxAncestors, type SeenProcess } from '../../model/witnessed.ts';
import { commandLineOf } from './command-line.ts';
import type { Lives } from './lives.ts';
import { beganLater, type ProcFacts } from './proc.ts';
import type { Sight } from './sight.ts';

/** /proc of somebody who has the pid by now says nothing of who had it then. */
const ofThen =
  (sight: Sight, lives: Lives): Sight =>
  (pid, at) =>
    lives.usedAgain(pid, at) ? null : sight(pid, at);

const parentOf = (pid: number, at: number, sight: Sight, lives: Lives): number | null =>
  // Who began it stays true when that one has ended; /proc then names who took it over.
  lives.at(pid, at)?.parent ?? sight(pid, at)?.stat.ppid ?? null;

/** The kernel may have lost that one ended and another has its pid: /proc shows one that began after it. */
const forgetStale = (pid: number, at: number, sight: Sight, lives: Lives): void => {
  const [facts, beganAt] = [sight(pid, at), lives.at(pid, at)?.beganAt ?? null];
  if (facts && beganAt !== null && beganLater(facts.stat, beganAt)) lives.forget(pid);
};

const ancestorAt = (pid: number, at: number, sight: Sight, lives: Lives): Ancestor => ({
  pid,
  startTime: sight(pid, at)?.stat.startTime ?? null,
  comm: sight(pid, at)?.stat.comm ?? lives.at(pid, at)?.comm ?? '',
  ...commandLineOf(pid, at, sight, lives),
});

/** When to look at a parent: then, or as it ended, if that was before. It did live when its child began. */
const timeOf = (pid: number, child: number, at: number, lives: Lives): number => {
  const began = lives.at(child, at)?.beganAt ?? at;
  return lives.at(pid, at) ? at : Math.min(at, lives.at(pid, began)?.endedAt ?? at);
};

/** Where the line of parents reaches the first process, that is the last of it. */
const ancestryOf = (pid: number, at: number, sight: Sight, lives: Lives): Ancestor[] => {
  const ancestry: Ancestor[] = [];
  const met = new Set([pid]);
  let [child, then] = [pid, at];
  let next = parentOf(pid, at, sight, lives);
  while (next !== null && next > 0 && ancestry.length < maxAncestors) {
    // A thread begins processes too: the process is who counts.
    const parent: number = sight(next, then)?.pid ?? lives.processOf(next);
    if (met.has(parent)) break;
    met.add(parent);
    forgetStale(parent, then, sight, lives);
    then = timeOf(parent, child, then, lives);
    child = parent;
    ancestry.push(ancestorAt(parent, then, sight, lives));
    next = parentOf(parent, then, sight, lives);
  }
  return ancestry;
};

/** It may end while its files are read one after the other: what is read last is its cgroup. */
const isWhole = (facts: ProcFacts | null): facts is ProcFacts => (facts?.cgroup ?? null) !== null;

/**
 * Who tells where a process belongs: itself, if it lived long enough to be read; else the nearest it came from. Of what
 * the first process starts that is no guess: it gives its children other users, and cgroups of their own.
 */
const nearest = (
  facts: ProcFacts | null,
  ancestry: readonly Ancestor[],
  at: number,
  sight: Sight,
): ProcFacts | null => {
  let near = facts;
  for (const { pid } of ancestry) {
    if (isWhole(near)) break;
    const above = pid > 1 ? sight(pid, at) : null;
    near = isWhole(above) ? above : (near ?? above);
  }
  return near;
};

/** Of a child that became one program, which is no other user then; sudo and its like become more than one. */
const uidOfChild = (
  pid: number,
  at: number,
  [parent]: readonly Ancestor[],
  sight: Sight,
  lives: Lives,
): number | null => {
  const life = lives.at(pid, at);
  const isPlain = life?.parent === parent?.pid && (life?.execs.length ?? 2) <= 1;
  return isPlain && parent && parent.pid > 1 ? (sight(parent.pid, at)?.uid ?? null) : null;
};

/**
 * All that is known of a process at a time.
 * @param tid of it, or of a thread of it
 * @param at ms on the monotonic clock
 * @param comm what the record calls it
 */
export const identify = (
  tid: number,
  at: number,
  comm: string,
  looked: Sight,
  lives: Lives,
): SeenProcess => {
  const sight = ofThen(looked, lives);
  const ofTask = sight(tid, at);
  const pid = ofTask?.pid ?? lives.processOf(tid);
  const facts = isWhole(ofTask) ? ofTask : (sight(pid, at) ?? ofTask);
  forgetStale(pid, at, sight, lives);
  const one = ancestorAt(pid, at, sight, lives);
  const ancestry = ancestryOf(pid, at, sight, lives);
  // A child has these of its parent, and a killer may live shorter than it takes to look.
  const origin = nearest(facts, ancestry, at, sight);
  return {
    ...one,
    comm: comm === '<...>' ? one.comm : comm,
    uid: facts?.uid ?? uidOfChild(pid, at, ancestry, sight, lives),
    loginUid: facts?.loginUid ?? origin?.loginUid ?? null,
    auditSession: facts?.auditSession ?? origin?.auditSession ?? null,
    cgroup: origin?.cgroup ?? null,
    ancestry,
  };
};
