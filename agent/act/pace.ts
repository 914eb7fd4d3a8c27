/** Says whether so long has gone by since it said so last; a clock that was set does not stop it. */
export const createPace = (everyMs: number, now: () => number): (() => boolean) => {
  let saidAt = Number.NEGATIVE_INFINITY;
  return () => {
    const at = now();
    if (Math.abs(at - saidAt) < everyMs) return false;
    saidAt = at;
    return true;
  };
};
