import type { Outcome } from '../channel.ts';
import type { HttpAnswer } from './http.ts';

/** Busy or away, whatever is sent: a limit of requests, and what proxies say of a server they do not reach. */
const closed: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** May be accepted when it is sent once more (RFC 9110, RFC 8470), as all errors of servers. */
const again: ReadonlySet<number> = new Set([408, 425]);

/** It moved, or a proxy wants a password: no card of ours is at fault. */
const isInBetween = (status: number): boolean => (status >= 300 && status < 400) || status === 407;

export type Judged = Exclude<Outcome, { kind: 'accepted' }> | { kind: 'accepted'; text: string };

/**
 * What an answer means. Redirects are not followed: a moved address, or a proxy that asks for a password, is
 * for people to mend, and everything waits for it.
 * @param unusable other statuses after which nothing will be accepted
 * @param said a few words of the other side about a failure, safe to show; empty: none
 */
export const judgeAnswer = (
  answer: HttpAnswer,
  host: string,
  unusable: ReadonlySet<number>,
  said: (text: string) => string,
): Judged => {
  if (answer.kind === 'failure') {
    const { code, message } = answer;
    return { kind: 'later', code, message, waitMs: null, everything: true };
  }
  const { status, waitMs, text } = answer;
  if (status >= 200 && status < 300) return { kind: 'accepted', text };
  const code = String(status);
  const words = said(text);
  const message = `${host} answered HTTP ${status}${words === '' ? '' : `: ${words}`}`;
  if (unusable.has(status) || isInBetween(status)) return { kind: 'unusable', code, message };
  if (status >= 500 || closed.has(status) || again.has(status)) {
    return { kind: 'later', code, message, waitMs, everything: closed.has(status) };
  }
  return { kind: 'refused', code, message };
};
