import { nearest } from './nearest.ts';

/** What valibot tells a message function, as far as it is used here. */
interface Issue {
  readonly input: unknown;
}

/**
 * A message for valibot: what was expected and, on a second line, a hint. The only channel a schema has
 * to its reader is this one string.
 */
export const expecting =
  (expected: string, hint: (input: unknown) => string | null = () => null) =>
  ({ input }: Issue): string => {
    const found = hint(input);
    return found === null ? expected : `${expected}\n${found}`;
  };

/** The message for a key that is none of these. */
export const expectingKeys =
  (keys: readonly string[]) =>
  ({ input }: Issue): string => {
    const near = nearest(String(input), keys);
    const known = keys.length === 1 ? keys.join() : `one of ${keys.join(', ')}`;
    return `${known}${near === null ? '' : `\ndid you mean ${near}?`}`;
  };

export const splitMessage = (message: string): { expected: string; hint?: string } => {
  const [expected = '', hint] = message.split('\n');
  return hint === undefined ? { expected } : { expected, hint };
};
