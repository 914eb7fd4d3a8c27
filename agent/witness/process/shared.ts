import type { Ancestor } from '../../model/witnessed.ts';

/** Hundreds of signals have the same few ancestors. */
const most = 512;

/** The same of two that say the same, so that memory holds one. */
export const createShared = () => {
  const known = new Map<string, Ancestor>();
  return (one: Ancestor): Ancestor => {
    const key = `${one.pid} ${one.startTime} ${one.seenBy} ${one.comm} ${one.cmdline}`;
    const same = known.get(key);
    if (same?.comm === one.comm && same.cmdline === one.cmdline) return same;
    if (known.size >= most) known.clear();
    known.set(key, one);
    return one;
  };
};
