import type { Ancestor, SeenProcess } from '../../model/witnessed.ts';
import type { Recalled } from './recollection.ts';

/** Hundreds of signals have the same few ancestors. */
const most = 512;

/** The same of two that are, by a key and by a comparison that is sure; bounded. */
const createSame = <T>(keyOf: (one: T) => string, areSame: (a: T, b: T) => boolean) => {
  const known = new Map<string, T>();
  return (one: T): T => {
    const key = keyOf(one);
    const same = known.get(key);
    if (same !== undefined && areSame(same, one)) return same;
    if (known.size >= most) known.clear();
    known.set(key, one);
    return one;
  };
};

const createSameAncestor = () =>
  createSame<Ancestor>(
    ({ pid, startTime, cmdline }) => `${pid} ${startTime} ${cmdline}`,
    (a, b) =>
      a.seenBy === b.seenBy && a.comm === b.comm && a.cmdline === b.cmdline && a.file === b.file,
  );

const createSameLine = () =>
  createSame<Ancestor[]>(
    (line) => line.map(({ pid, startTime }) => `${pid} ${startTime}`).join(','),
    (a, b) => a.length === b.length && a.every((one, i) => one === b[i]),
  );

/** What was seen, holding what earlier ones hold where they say the same, so that memory has it once. */
export const createSharing = () => {
  const ancestor = createSameAncestor();
  const line = createSameLine();
  const share = (seen: SeenProcess): SeenProcess => ({
    ...seen,
    ancestry: line(seen.ancestry.map(ancestor)),
  });
  return (entry: Recalled): Recalled => {
    switch (entry.kind) {
      case 'signal': {
        const { sender, victim } = entry.fact;
        const fact = { ...entry.fact, sender: share(sender), victim: share(victim) };
        return { ...entry, fact };
      }
      case 'oom':
        return { ...entry, fact: { ...entry.fact, victim: share(entry.fact.victim) } };
      case 'client':
        return { ...entry, fact: { ...entry.fact, process: share(entry.fact.process) } };
      default:
        return entry;
    }
  };
};
