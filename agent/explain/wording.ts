import type { Verdict } from '../model/events/incident.ts';

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
