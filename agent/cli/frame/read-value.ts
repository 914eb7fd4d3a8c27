import { parseDuration } from '../../model/config/quantities.ts';
import { usageFailure } from './parse.ts';

/** A positive whole number. @throws Failure `usage` */
export const readCount = (option: string, text: string): number => {
  const count = Number(text);
  if (/^\d{1,9}$/.test(text) && count > 0) return count;
  throw usageFailure(`${option} takes a whole number above 0, got "${text}"`);
};

/** `90s`, `30m`, `2h`, `7d` in ms. @throws Failure `usage` */
export const readDuration = (option: string, text: string): number => {
  const duration = parseDuration(text);
  if (duration !== null && duration > 0) return duration;
  throw usageFailure(`${option} takes a duration (30m, 2h, 7d), got "${text}"`);
};

/**
 * `10s`, `5m`, `2h`, `3d` before `now`; a local time (`14:00`, `2026-11-20`, `2026-11-20 14:00`) or ISO 8601.
 * @returns ms since the epoch
 * @throws Failure `usage`
 */
export const readSince = (text: string, now: number): number => {
  const age = parseDuration(text);
  if (age !== null) return now - age;
  const today = new Date(now);
  const [, hours, minutes, seconds] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text) ?? [];
  if (hours !== undefined) {
    const at = today.setHours(Number(hours), Number(minutes), Number(seconds ?? 0), 0);
    if (Number(hours) < 24 && Number(minutes) < 60 && Number(seconds ?? 0) < 60) return at;
  } else if (/^\d{4}-\d{2}-\d{2}/.test(text)) {
    // A bare date would be read as UTC: a person means his own midnight.
    const at = Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T'));
    if (!Number.isNaN(at)) return at;
  }
  throw usageFailure(
    `--since takes an age (10s, 5m, 2h, 3d) or a time (14:00, 2026-11-20T14:00), got "${text}"`,
  );
};
