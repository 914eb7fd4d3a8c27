import { redact } from '../redaction.ts';
import type { Path } from './problem.ts';

const maxShown = 60;

const shown = (text: string): string => {
  const { text: safe } = redact(text);
  return JSON.stringify(safe.length > maxShown ? `${safe.slice(0, maxShown)}…` : safe);
};

/** Values of environment variables are the one place where secrets belong, so they are never repeated. */
const isSecretPlace = (path: Path): boolean => path[0] === 'sessions' && path[2] === 'env';

/** What stands there, for a person, without giving a secret away. */
export const describeValue = (path: Path, value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (isSecretPlace(path)) return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
  return typeof value === 'string' ? shown(value) : `the ${typeof value} ${String(value)}`;
};
