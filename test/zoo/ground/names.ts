import { generator } from '../../e2e/random.ts';

/** FNV-1a, 32 bits (public domain): the same text gives the same number. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
};

/** Short enough for the 15 bytes of a process's name, and for the name of a server. */
const length = 10;
const letters = 'abcdefghijklmnopqrstuvwxyz';

/**
 * Makes names that no program could know beforehand, the same for the same `seed` and `of`: what runs at the
 * same time must not change them.
 */
export const createNames = (seed: number, of: string): (() => string) => {
  const random = generator(seed ^ hash(of));
  const letter = (): string => letters.charAt(Math.floor(random() * letters.length));
  return () => Array.from({ length }, letter).join('');
};
