import type { Outlook, RefreshPlan } from '../../../../agent/decide/refresh/outlook.ts';
import { planRefresh } from '../../../../agent/decide/refresh/plan.ts';
import type { Seen } from '../../../../agent/decide/refresh/quiet.ts';
import type { Config } from '../../../../agent/model/config/config.ts';
import type { SessionRefresh } from '../../../../agent/model/config/refresh.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import type { BotEvents } from '../../../../agent/model/events/bot.ts';
import type { RefreshEvents } from '../../../../agent/model/events/refresh.ts';
import type { Life, State } from '../../../../agent/model/state.ts';
import { changed, ref } from '../../model/bot/sample-bots.ts';
import { sampleConfig } from '../../model/config/sample-config.ts';
import { after, born, bot } from '../../model/sample.ts';
import { sessionConfig } from '../recovery/ground.ts';

/** The login of a session `bot` lasts a day, and is renewed an hour before it runs out. */

export const hour = 3_600_000;
export const day = 24 * hour;

export const policy: SessionRefresh = {
  ...{ maxAgeMs: day, beforeMs: hour, how: { way: 'restart' }, quietMs: 120_000 },
  ...{ timeoutMs: 60_000, maxAttempts: 3, windowMs: 6 * hour, firstWaitMs: 60_000, screen: [] },
};

export const renewing = (changes: Partial<SessionRefresh> = {}): Config =>
  sampleConfig({ sessions: { bot: sessionConfig({ refresh: { ...policy, ...changes } }) } });

export const command = { way: 'command', command: './renew', cwd: null } as const;

export const quiet: Seen = {
  ...{ firstSeen: born, lastOutputAt: null, lastMessageAt: null, saysExpired: false },
};

const lifeIn = (state: State): Life | null =>
  Object.values(state.lives).find(({ session }) => session === 'bot') ?? null;

export const plan = (
  state: State,
  now: number,
  config = renewing(),
  seen: Partial<Seen> = {},
): RefreshPlan => {
  const outlook: Outlook = { state, config, now, seen: { ...quiet, ...seen } };
  return planRefresh(outlook, 'bot', lifeIn(state));
};

/** What its events are, and the state after them. */
export const planned = (
  state: State,
  now: number,
  config = renewing(),
  seen: Partial<Seen> = {},
): [string[], State] => {
  const { events } = plan(state, now, config, seen);
  return [events.map(({ type }) => type), after(state, ...events)];
};

export const login = (
  since: number | null,
  expiresAt: number | null = null,
  life = bot.life,
): NewEvent => ({
  ...{ at: born, type: 'bot.session_changed' },
  data: { ...ref, life, createdAt: since, refreshedAt: null, expiresAt },
});

export const speaks = (
  more: Partial<BotEvents['bot.connection_changed']> = {},
  at = born,
): NewEvent => changed('ready', more, at);

export const begun = (
  at: number,
  more: Partial<RefreshEvents['refresh.started']> = {},
): NewEvent => ({
  ...{ at, type: 'refresh.started' },
  data: {
    ...{ refresh: 'r1', session: 'bot', server: 'main', life: bot.life, way: 'restart' },
    ...{ reason: 'age', login: { since: born, by: 'session', expiresAt: null } },
    ...{ spoke: false, until: at + policy.timeoutMs },
    ...more,
  },
});

export const failed = (at: number, refresh = 'r1'): NewEvent => ({
  ...{ at, type: 'refresh.failed' },
  data: { refresh, session: 'bot', server: 'main', code: 'timed-out', message: 'no', tookMs: 1 },
});

export const done = (at: number, refresh = 'r1', life = bot.life): NewEvent => ({
  ...{ at, type: 'refresh.done' },
  data: { refresh, session: 'bot', server: 'main', life, tookMs: 1, ageMs: day },
});
