import type { BotState } from '../bot/bot-state.ts';
import { botKey, botsOf, maxBotsOfLife } from '../bot/bots.ts';
import type { BotConnection, BotEvents, BotRef } from '../events/bot.ts';
import { homeOf } from '../homes.ts';
import type { State } from '../state.ts';
import type { Handlers } from './handler.ts';
import { loginExpired } from './refresh.ts';

const put = (draft: State, state: BotState): void => {
  draft.bots = { ...draft.bots, [botKey(state.life, state.bot)]: state };
};

/** A process may call its bots otherwise each time: of a life that has too many, the one that was lost first goes. */
const makeRoom = (draft: State, { life, bot }: BotRef): void => {
  const others = botsOf(draft, life).filter((one) => one.bot !== bot);
  if (others.length < maxBotsOfLife) return;
  const [oldest] = others.filter(({ lost }) => lost).toSorted((a, b) => a.since - b.since);
  if (oldest) delete draft.bots?.[botKey(life, oldest.bot)];
};

const known = ({ bots = {} }: State, { life, bot }: BotRef): BotState | undefined =>
  bots[botKey(life, bot)];

/** With a life ends what is known of its bots. */
export const forgetBots = (draft: State, life: string): void => {
  for (const { bot } of botsOf(draft, life)) delete draft.bots?.[botKey(life, bot)];
};

const isLoggedOut = (connection: BotConnection | null | undefined): boolean =>
  connection === 'logged-out' || connection === 'needs-login';

export const botHandlers: Handlers<BotEvents> = {
  'bot.connection_changed': (draft, { at, data }) => {
    if (!homeOf(draft, data.life)) return 'unknown-life';
    const { from: _, to, leftOut, ...told } = data;
    const before = known(draft, data);
    const since = before && !before.lost && before.connection === to ? before.since : at;
    const { login = null, error = null } = before ?? {};
    const changes = (before?.changes ?? 0) + leftOut + 1;
    const had = login?.refreshedAt ?? login?.createdAt ?? null;
    if (had !== null && isLoggedOut(to) && !isLoggedOut(before?.connection)) {
      loginExpired(draft, data, had, at);
    }
    makeRoom(draft, data);
    put(draft, { ...told, connection: to, changes, since, login, error, lost: null });
    return undefined;
  },

  'bot.session_changed': (draft, { data }) => {
    const bot = known(draft, data);
    if (!bot) return 'unknown-bot';
    const { createdAt, refreshedAt, expiresAt } = data;
    put(draft, { ...bot, login: { createdAt, refreshedAt, expiresAt } });
    return undefined;
  },

  'bot.error': (draft, { at, data }) => {
    const bot = known(draft, data);
    if (!bot) return 'unknown-bot';
    const { name, message, count, startedAt } = data;
    put(draft, { ...bot, error: { at, name, message, count, startedAt } });
    return undefined;
  },

  'bot.lost': (draft, { at, data }) => {
    const bot = known(draft, data);
    if (!bot) return 'unknown-bot';
    if (bot.lost) return 'wrong-status';
    put(draft, { ...bot, connection: null, needs: null, since: at, lost: { at, how: data.how } });
    return undefined;
  },
};
