import type { Say } from '../../process-log.ts';

/** Takes secrets out of a text. */
export type Scrub = (text: string) => string;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A secret shorter than this would hide half of every text. */
const shortest = 6;

/**
 * A function that takes secrets out of texts, also where they are percent-encoded.
 * @param secrets a token, `ID:SECRET`, is also found by its second half
 */
export const createScrub = (secrets: readonly string[]): Scrub => {
  const all = secrets
    .flatMap((secret) => [secret, secret.slice(secret.indexOf(':') + 1)])
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .filter((secret) => secret.length >= shortest)
    .sort((a, b) => b.length - a.length);
  if (all.length === 0) return (text) => text;
  const pattern = new RegExp(all.map(escaped).join('|'), 'gi');
  return (text) => text.replace(pattern, '[redacted]');
};

/** The texts of a message: a program in a session may print our token. */
export const scrubbedTexts = <P>(params: P, scrub: Scrub): P => {
  if (typeof params !== 'object' || params === null) return params;
  const hide = (key: 'text' | 'caption'): Record<string, string> => {
    const value = (params as Record<string, unknown>)[key];
    return typeof value === 'string' ? { [key]: scrub(value) } : {};
  };
  return { ...params, ...hide('text'), ...hide('caption') };
};

/** The same log, without the secrets. */
export const scrubbedSay =
  (say: Say, scrub: Scrub): Say =>
  (level, message, fields = {}) => {
    const scrubbed = Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'string' ? scrub(value) : value,
    ]);
    say(level, scrub(message), Object.fromEntries(scrubbed));
  };
