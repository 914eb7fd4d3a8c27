import type { DeathRecord } from '../model/events/death.ts';
import type { Verdict } from '../model/events/incident.ts';
import { plural } from '../model/text/plural.ts';

/** What no rule can see without the kernel's word. */
export const senderUnseen = ([first]: readonly Pick<DeathRecord, 'unit'>[]): string =>
  `who sent it: no kernel tracing is connected, and ${first?.unit ? 'systemd' : 'tmux'} does not know the sender of a signal`;

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

/** So many of them, which are all sessions, or all units. */
export const countText = (count: number, [first]: readonly Pick<DeathRecord, 'unit'>[]): string =>
  first?.unit ? plural(count, 'unit') : sessionsText(count);
