import type { Credentials } from './credentials.ts';

/** The secrets that a part of the settings names, whatever they are called there; null for one that cannot be read. */
export const secretsIn = (part: unknown, credentials: Credentials): (string | null)[] =>
  [...JSON.stringify(part).matchAll(/"\w*[cC]redential":"([^"]+)"/g)].map(([, name = '']) => {
    try {
      return credentials.read(name);
    } catch {
      return null;
    }
  });
