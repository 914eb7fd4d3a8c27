import { randomBytes } from 'node:crypto';
import type { Deed } from '../texts/deeds.ts';

/** What somebody was asked to confirm. */
export interface Question {
  deed: Deed;
  session: string;
  /** Who may confirm it. */
  user: string;
}

export interface Confirmations {
  /** @returns a name for it that fits a button */
  ask(question: Question): string;
  /** It is answered once; `expired` also for what was never asked. */
  take(id: string, user: string): Question | 'expired' | 'answered' | 'not-yours';
}

const livesMs = 2 * 60_000;
const mostOpen = 100;

/** In memory alone: what was asked before a restart is asked again. */
export const createConfirmations = (now: () => number): Confirmations => {
  const open = new Map<string, Question & { askedAt: number; isAnswered: boolean }>();

  return {
    ask: (question) => {
      const id = randomBytes(12).toString('base64url');
      open.set(id, { ...question, askedAt: now(), isAnswered: false });
      const [oldest] = open.keys();
      if (open.size > mostOpen && oldest !== undefined) open.delete(oldest);
      return id;
    },
    take: (id, user) => {
      const found = open.get(id);
      if (!found) return 'expired';
      if (found.user !== user) return 'not-yours';
      if (found.isAnswered) return 'answered';
      found.isAnswered = true;
      const age = now() - found.askedAt;
      return age >= 0 && age < livesMs ? found : 'expired';
    },
  };
};
