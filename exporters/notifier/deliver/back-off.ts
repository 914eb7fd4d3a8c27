import { type Pace, waitAfter } from '../../../agent/model/backoff.ts';

/** A day without network ends with a try within a minute. */
const pace: Pace = { first: 1000, longest: 60_000 };

/** Where only a person can help, it is tried again this often, ms: he may have helped. */
export const unusableMs = 10 * 60_000;

/**
 * How long to wait after so many failures in a row: twice as long each time, and up to a quarter more, so that many
 * machines do not come back together.
 * @param random in [0, 1)
 */
export const backOffMs = (failures: number, random: number): number =>
  waitAfter(failures, pace) * (1 + random / 4);

/** A server that asks for more is asked again before: it may have meant seconds and written ms. ms */
const mostAskedMs = 6 * 3_600_000;

/** How long to wait, where the other side may have said so. */
export const waitMs = (asked: number | null, failures: number, random: number): number =>
  asked === null ? backOffMs(failures, random) : Math.min(mostAskedMs, Math.max(asked, 100));
