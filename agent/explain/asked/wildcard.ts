/**
 * Whether a name is one that a pattern stands for: `*` for any characters, `?` for one, all others for themselves.
 * Patterns are the words of strangers: only the last star is ever tried again, so that the work is at most the
 * product of both lengths, which no regular expression of many stars keeps to.
 */
export const matchesWildcard = (pattern: string, name: string): boolean => {
  let [at, from] = [0, 0];
  let star: { at: number; from: number } | null = null;
  while (from < name.length) {
    if (pattern[at] === '*') {
      star = { at, from };
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[from])) {
      at += 1;
      from += 1;
    } else if (star) {
      star = { at: star.at, from: star.from + 1 };
      [at, from] = [star.at + 1, star.from];
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
};
