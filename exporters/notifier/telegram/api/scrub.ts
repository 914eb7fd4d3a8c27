const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A secret shorter than this would hide half of every text. */
const shortest = 6;

/**
 * A function that takes secrets out of texts, also where they are percent-encoded.
 * @param secrets a token, `ID:SECRET`, is also found by its second half
 */
export const createScrub = (secrets: readonly string[]): ((text: string) => string) => {
  const all = secrets
    .flatMap((secret) => [secret, secret.slice(secret.indexOf(':') + 1)])
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .filter((secret) => secret.length >= shortest)
    .sort((a, b) => b.length - a.length);
  if (all.length === 0) return (text) => text;
  const pattern = new RegExp(all.map(escaped).join('|'), 'gi');
  return (text) => text.replace(pattern, '[redacted]');
};
