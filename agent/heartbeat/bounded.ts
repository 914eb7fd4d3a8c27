/** What a bot hands over is anything at all: these make something small and right of it, and never throw. */

/** Cut at `most` characters, and copied then: a cut string of V8 keeps the whole one in memory. */
const cut = (text: string, most: number): string =>
  text.length <= most ? text : Buffer.from(text.slice(0, most)).toString();

/** A field, also where a getter throws. */
export const fieldOf = (value: unknown, name: string): unknown => {
  try {
    return (value as Record<string, unknown> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
};

const wordFor = (value: unknown): string => {
  const message = fieldOf(value, 'message');
  if (typeof message === 'string') return message;
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return 'object';
  }
};

/** A text of at most so many characters. */
export const textOf = (value: unknown, most: number): string => {
  if (typeof value === 'string') return cut(value, most);
  const plain = (typeof value !== 'object' && typeof value !== 'function') || value === null;
  return cut(plain ? String(value) : wordFor(value), most);
};

/** Finite and above zero, at most 10^12; null: no such number. */
export const amountOf = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY
    ? Math.min(value, 1e12)
    : null;

/** A total that stays a whole number JSON keeps exactly. */
export const added = (total: number, more: number): number =>
  Math.min(Number.MAX_SAFE_INTEGER, total + Math.floor(more));

/** The last moment a Date can be. */
const lastMoment = 8.64e15;

/** ms since the epoch, of a number or a Date; null: none. */
export const momentOf = (value: unknown): number | null => {
  const ms = value instanceof Date ? Number(value) : value;
  return typeof ms === 'number' && ms > 0 && ms <= lastMoment ? Math.floor(ms) : null;
};
