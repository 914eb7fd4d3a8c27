/** In the order of Date: 0 is Sunday. */
const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** `mon-wed` as numbers; one day is a range of one, and `sat-mon` goes over Sunday. */
const range = (text: string): number[] | null => {
  const [first = '', last = first, ...more] = text.split('-').map((name) => name.trim());
  const [from, to] = [names.indexOf(first), names.indexOf(last)];
  if (from === -1 || to === -1 || more.length > 0) return null;
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => (from + i) % 7);
};

/** `mon-fri, sun` as numbers, each once; null: no days. */
export const daysOf = (text: string): number[] | null => {
  const ranges = text.split(',').map((part) => range(part.trim()));
  const days = ranges.flatMap((days) => days ?? []);
  return ranges.includes(null) ? null : [...new Set(days)].toSorted((a, b) => a - b);
};
