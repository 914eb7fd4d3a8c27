const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
] as const;

/** A time span for people, in the largest unit of which there are two: `90s`, `15m`, `3h`. */
export const formatSpan = (ms: number): string => {
  const [size, unit] = units.find(([each]) => ms >= 2 * each) ?? [1000, 's'];
  return `${Math.max(0, Math.floor(ms / size))}${unit}`;
};
