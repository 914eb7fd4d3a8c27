/** What was last seen of a life. Times are ms since the epoch; null: not yet. */
export interface Seen {
  /** By this agent: what was before, it has not heard. */
  firstSeen: number | null;
  lastOutputAt: number | null;
  /** A message came or went. */
  lastMessageAt: number | null;
  /** The screen says that the login has run out. */
  saysExpired: boolean;
}

/** When it will have been quiet for so long, if nothing more happens. What seems to come from the future says nothing. */
export const quietAt = (
  { firstSeen, lastOutputAt, lastMessageAt }: Seen,
  quietMs: number,
  now: number,
): number => {
  if (quietMs === 0) return now;
  const past = [firstSeen, lastOutputAt, lastMessageAt].filter((at) => at !== null && at <= now);
  return past.length > 0 ? Math.max(...past.map(Number)) + quietMs : now + quietMs;
};
