import { randomInt, timingSafeEqual } from 'node:crypto';

/** Without what looks alike: 0 and O, 1 and I. 40 bits in eight characters. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const characters = 8;

/** Long enough to take a phone out of a pocket. */
const livesMs = 10 * 60_000;
/** Of one user; he is heard no more, and the code is still that of the others. */
const mostWrong = 5;
/** Of all: one in a thousand million codes is guessed. */
const mostWrongOfAll = 1000;

const form = new RegExp(`^[${alphabet}]{${characters}}$`);

const random = (): string =>
  Array.from({ length: characters }, () => alphabet[randomInt(alphabet.length)]).join('');

/** The code in a message, `/start CODE` or the code alone; null where there is none. */
export const codeIn = (text: string): string | null => {
  const [, given = ''] = /^(?:\/start(?:@\w+)?\s+)?(\S+)\s*$/.exec(text.slice(0, 200)) ?? [];
  const code = given.toUpperCase().replace(/[-_]/g, '');
  return form.test(code) ? code : null;
};

export interface OneTimeCode {
  /** A new one; the one before is void. `expiresAt`: ms since the epoch. */
  begin(): { code: string; expiresAt: number };
  /** Whether it is the code; then it is used up. Five wrong ones make it void for the user, 1,000 for everybody. */
  redeem(code: string, user: string): 'right' | 'wrong' | 'void' | 'none';
}

/** At most one code at a time, in memory alone: a restart makes it void. */
export const createOneTimeCode = (now: () => number): OneTimeCode => {
  let open: {
    code: string;
    expiresAt: number;
    wrong: number;
    wrongBy: Map<string, number>;
  } | null = null;

  return {
    begin: () => {
      open = { code: random(), expiresAt: now() + livesMs, wrong: 0, wrongBy: new Map() };
      return { code: open.code, expiresAt: open.expiresAt };
    },
    redeem: (given, user) => {
      if (open === null || now() >= open.expiresAt || open.expiresAt - now() > livesMs) {
        open = null;
        return 'none';
      }
      const before = open.wrongBy.get(user) ?? 0;
      if (before >= mostWrong) return 'void';
      if (
        given.length === characters &&
        timingSafeEqual(Buffer.from(given), Buffer.from(open.code))
      ) {
        open = null;
        return 'right';
      }
      open.wrong += 1;
      open.wrongBy.set(user, before + 1);
      if (open.wrong >= mostWrongOfAll) open = null;
      return open === null || before + 1 >= mostWrong ? 'void' : 'wrong';
    },
  };
};
