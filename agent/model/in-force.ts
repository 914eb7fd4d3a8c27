import type { Silence } from './silence.ts';

/**
 * A silence from a time that has not come yet is none, ms: the clock was set back, and it would last for as much longer
 * than was meant. So much two clocks may be apart.
 */
const slackMs = 60_000;

/** @param now ms since the epoch */
export const isInForce = ({ at, until }: Pick<Silence, 'at' | 'until'>, now: number): boolean =>
  until > now && at - now <= slackMs;
