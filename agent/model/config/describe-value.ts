import type { Path } from './problem.ts';
import { quote } from './quote.ts';

/** Secrets belong into environment variables, and addresses often are one: neither is repeated. */
const isSecretPlace = (path: Path): boolean =>
  (path[0] === 'sessions' && path[2] === 'env') ||
  (path[0] === 'alerts' && ['url', 'api', 'proxy'].includes(String(path.at(-1))));

/** What stands there, for a person, without giving a secret away. */
export const describeValue = (path: Path, value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (isSecretPlace(path)) return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
  return typeof value === 'string' ? quote(value) : `the ${typeof value} ${String(value)}`;
};
