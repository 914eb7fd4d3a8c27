/** Replaces a leading `~/` by `home`, an absolute path; everything else stays, null too. */
export const expandHome = <T extends string | null>(path: T, home: string): T | string =>
  path?.startsWith('~/') ? `${home.replace(/\/+$/, '')}${path.slice(1)}` : path;
