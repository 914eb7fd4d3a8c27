/**
 * A trait is claimed where chance alone would bring about an agreement like it less often than once in 400 histories.
 * There are eight kinds of traits, so a history in which nothing agrees has one claimed less than once in 50.
 */
export const mostChance = 1 / 400;

/** Fewer that agree are a coincidence. */
export const leastAgreeing = 3;

/** Of all: below it "mostly" would be a matter of taste. */
const leastShare = 0.8;

/** How many of `all` have to agree. */
export const neededOf = (all: number, least = leastAgreeing): number =>
  Math.max(least, Math.ceil(all * leastShare));

const combinations = (all: number, some: number): number => {
  let count = 1;
  for (let i = 1; i <= all - some; i += 1) count *= (some + i) / i;
  return count;
};

/**
 * How likely it is at most that any `agreeing` of `all` agree by chance, by the union bound over which of them do.
 * @param share the part of what may be that lies with a given one: the others have to fall into it
 */
export const chanceOfMeeting = (all: number, agreeing: number, share: number): number =>
  combinations(all, agreeing) * share ** (agreeing - 1);

/** The same where what they agree on was chosen before: all of them have to fall into it. */
export const chanceOfBeing = (all: number, agreeing: number, share: number): number =>
  combinations(all, agreeing) * share ** agreeing;

/** `always`, `4 of 5 times` */
export const oftenText = (agreeing: number, all: number): string =>
  agreeing === all ? 'always' : `${agreeing} of ${all} times`;
