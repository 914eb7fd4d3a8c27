import type { Path } from './problem.ts';
import { quote } from './quote.ts';

/** Values of environment variables are the one place where secrets belong, so they are never repeated. */
const isSecretPlace = (path: Path): boolean => path[0] === 'sessions' && path[2] === 'env';

/** What stands there, for a person, without giving a secret away. */
export const describeValue = (path: Path, value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (isSecretPlace(path)) return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
  return typeof value === 'string' ? quote(value) : `the ${typeof value} ${String(value)}`;
};
