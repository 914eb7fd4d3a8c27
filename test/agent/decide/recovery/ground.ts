import type { Plan } from '../../../../agent/decide/recovery/decision.ts';
import { planRecovery } from '../../../../agent/decide/recovery/plan.ts';
import type { Config, Restart, SessionConfig } from '../../../../agent/model/config/config.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import type { ActionKind } from '../../../../agent/model/events/action.ts';
import type { State } from '../../../../agent/model/state.ts';
import { sampleConfig } from '../../model/config/sample-config.ts';
import { usualRecovery } from '../../model/config/sample-recovery.ts';
import { born } from '../../model/sample.ts';

/** Recovery of a session `bot` on a managed server `main`: three times within a minute. */
export const windowMs = 60_000;
export const policy = { ...usualRecovery, maxRestarts: 3, windowMs };

export const sessionConfig = (changes: Partial<SessionConfig> = {}): SessionConfig => ({
  ...{ server: 'main', command: 'node bot.js', cwd: null, env: {}, restart: 'on-failure' },
  ...changes,
});

export const config = (restart: Restart = 'on-failure'): Config =>
  sampleConfig({ sessions: { bot: sessionConfig({ restart }) }, recovery: policy });

const observed = new Set(['main', 'mine']);
export const plan = (state: State, now = born, wanted = config(), seen = observed): Plan =>
  planRecovery(state, wanted, seen, now);

export const nothing = { events: [], actions: [], wakeAt: null };
export const session = { server: 'main', session: 'bot', life: null };
export const server = { server: 'main', session: null, life: null };

export const requested = (
  action: string,
  kind: ActionKind,
  reason: string,
  at: number,
): NewEvent[] => {
  const target = kind === 'session.create' ? session : server;
  return [
    { at, type: 'action.requested', data: { action, kind, target, reason } },
    { at, type: 'action.done', data: { action, settled: 'reported' } },
  ];
};

export const tries = (kind: ActionKind, reason: string, ...times: number[]): NewEvent[] =>
  times.flatMap((at, i) => requested(`${kind}${reason}${i}`, kind, reason, at));

export const decided = (decision: string, reason: string, at = born): NewEvent => ({
  ...{ at, type: 'decision.made' },
  data: { decision, reason, target: session },
});
