/** Longer words are no slip of the finger, and the cost grows with the square. */
const maxLength = 64;

/** Optimal string alignment distance: insert, delete, replace, swap two neighbours. */
const distance = (a: string, b: string): number => {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const costs = [
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      ];
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        costs.push((beforePrevious[j - 2] ?? i + j) + 1);
      }
      row.push(Math.min(...costs));
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
};

const score = (word: string, candidate: string): number => {
  const [a, b] = [word.toLowerCase(), candidate.toLowerCase()];
  if (a.length >= 3 && b.length >= 3 && (a.startsWith(b) || b.startsWith(a))) return 0.5;
  return distance(a, b);
};

/** The candidate a person most likely meant by `word`, or null when none is near. */
export const nearest = (word: string, candidates: Iterable<string>): string | null => {
  if (word.length > maxLength) return null;
  let best: string | null = null;
  let bestScore = Math.max(1, Math.floor(word.length / 3)) + 0.1;
  for (const candidate of candidates) {
    if (candidate.length > maxLength) continue;
    const found = score(word, candidate);
    if (found < bestScore) [best, bestScore] = [candidate, found];
  }
  return best;
};
