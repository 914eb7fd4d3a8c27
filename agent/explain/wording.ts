import type { EvidenceLine, Verdict } from '../model/events/incident.ts';
import { printable } from '../model/printable.ts';

/** What no rule can see without the kernel's word. */
export const senderUnseen =
  'who sent it: no kernel tracing is connected, and tmux does not know the sender of a signal';

/** Why the moment of a death was not seen. */
export const absence = {
  live: 'nobody heard its last words',
  'link-down': 'no link was connected',
  'agent-down': 'the agent was not running',
} as const;

/** A verdict with what most of them have in common. */
export const verdict = (part: Partial<Verdict> & Pick<Verdict, 'cause' | 'summary'>): Verdict => ({
  scope: 'session',
  confidence: 'certain',
  signal: null,
  exitStatus: null,
  evidence: [],
  missing: [],
  ...part,
});

export const sessionsText = (count: number): string =>
  count === 1 ? '1 session' : `${count} sessions`;

/** One line of evidence, printable, and cut to a length that keeps an event within its size. */
export const line = (at: number, source: string, text: string): EvidenceLine => ({
  at,
  source,
  text: printable(text).slice(0, 200),
});
