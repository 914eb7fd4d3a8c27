import type { NewEvent } from '../../../agent/model/event.ts';
import type { DeathRecord } from '../../../agent/model/events/death.ts';
import type { Cause, Verdict } from '../../../agent/model/events/incident.ts';
import type { State } from '../../../agent/model/state.ts';
import { born, bot, instance, nobody, socket } from './sample.ts';

/** Events upon the state of sample.ts, in the shape of what is recorded. */

export const other = { pid: 1, startTime: 1 };
export const target = { server: 'main', session: 'bot', life: null };
export const stopBot = { server: 'main', session: 'bot', life: bot.life };
export const unknownLife = 'boot0001/1-1/$9';

export const verdict = (cause: Cause): Verdict => ({
  ...{ cause, scope: 'session', confidence: 'possible', summary: '', signal: null },
  ...{ exitStatus: null, evidence: [], missing: [] },
});

export const opened = (incident: string, lives: string[] = []): NewEvent => ({
  at: born,
  type: 'incident.opened',
  data: { incident, server: 'main', lives, sessions: lives },
});

export const requested = (action: string, at = born, reason = 'died'): NewEvent => ({
  at,
  type: 'action.requested',
  data: { action, kind: 'session.create', target, reason },
});

export const intended = (intent: string): NewEvent => ({
  at: born,
  type: 'intent.declared',
  data: { intent, target: stopBot, by: nobody, expiresAt: born + 60_000 },
});

export const acknowledged = (incident: string): NewEvent => ({
  at: born,
  type: 'alert.acknowledged',
  data: { incident, by: nobody },
});

export const silenced = (
  silence: string,
  session: string | null,
  until: number,
  more: { server?: string | null } = {},
): NewEvent => ({
  at: born,
  type: 'alert.silenced',
  data: { silence, session, ...more, until, reason: 'sleep', by: nobody },
});

export const unsilenced = (silence: string): NewEvent => ({
  at: born,
  type: 'alert.unsilenced',
  data: { silence, by: nobody },
});

const ofLife = (life: string) => ({
  ...{ what: 'memory' as const, session: 'bot', server: 'main', life, path: null },
});

export const forecastWarned = (life = bot.life, reachesAt = born + 2_400_000): NewEvent => ({
  at: born,
  type: 'forecast.warned',
  data: {
    ...{ ...ofLife(life), at: born, reachesAt, value: 1.5 * 2 ** 30, limit: 2 ** 31 },
    ...{ limitOf: 'session', slope: 200_000 },
  },
});

export const forecastCleared: NewEvent = {
  at: born,
  type: 'forecast.cleared',
  data: { ...ofLife(bot.life), afterMs: 1000, end: 'eased' },
};

export const died = (life: typeof bot, at = born): NewEvent => ({
  at,
  type: 'session.died',
  data: { ...life, ageMs: 5000 } as unknown as DeathRecord,
});

export const ended = (life: typeof bot, at = born): NewEvent => ({
  at,
  type: 'session.ended',
  data: { ...life, reason: 'shell-exit', intent: null, ageMs: 90_000 },
});

export const linkUp: NewEvent = {
  at: born,
  type: 'link.connected',
  data: { owner: 'deploy', uid: 1000, pid: 12, tmux: '3.5a' },
};

export const linkLost = (pid: number): NewEvent => ({
  at: born + 5,
  type: 'link.lost',
  data: { owner: 'deploy', pid, reason: 'closed' },
});

export const decided = (decision: string, reason = 'operator'): NewEvent => ({
  at: born,
  type: 'decision.made',
  data: { decision, reason, target },
});

export const onServer = (
  type:
    | 'server.socket_lost'
    | 'server.socket_restored'
    | 'server.hung'
    | 'server.resumed'
    | 'server.died',
  server = 'main',
  which = instance,
): NewEvent => {
  const data = { server, instance: which, socket, afterMs: 1, processState: 'T' };
  const end = { how: 'killed', text: '', lastSeen: born, lives: 2 };
  return { at: born + 9, type, data: { ...data, ...end } } as NewEvent;
};

/** A state without what every event changes. */
export const rest = ({ seq: _, at: __, counts, ...others }: State) => {
  const { events: ___, rejected: ____, ...kept } = counts;
  return { ...others, counts: kept };
};
