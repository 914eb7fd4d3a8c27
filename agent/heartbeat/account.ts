import {
  type Beat,
  type BotSession,
  type ConnectionState,
  connectionStates,
  type Traffic,
} from '../protocol/heartbeat.ts';
import { added, amountOf, fieldOf, momentOf, textOf } from './bounded.ts';
import { createErrors } from './last-error.ts';
import { createTally } from './tally.ts';

const longest = { bot: 64, why: 300, need: 3000 };
const needKinds = ['qr', 'code', 'login'] as const;
const times = ['createdAt', 'refreshedAt', 'expiresAt'] as const;
/** Counts what was said and could not be meant: a state that is none, a number that is none. */
const refused = 'heartbeat.refused';

export type Account = ReturnType<typeof createAccount>;

/**
 * What a bot said of itself, as it is to be told: nothing it did not speak of.
 * @param now ms since the epoch
 */
export const createAccount = (now: () => number, bot: unknown) => {
  const startedAt = now();
  const tally = createTally();
  const errors = createErrors();
  const said: Partial<Beat> = bot === undefined ? {} : { bot: textOf(bot, longest.bot) };
  let wasReady = false;

  const refuse = (): void => void tally.count(refused, 1);

  const carry = (traffic: Traffic | undefined, count: unknown): Traffic => {
    const before = traffic ?? { count: 0, lastAt: null };
    const amount = amountOf(count);
    if (amount === null) refuse();
    if (amount === null || amount < 1) return before;
    return { count: added(before.count, amount), lastAt: now() };
  };

  const becomeReady = (): void => {
    if (wasReady) said.reconnects = (said.reconnects ?? 0) + 1;
    wasReady = true;
  };

  return {
    /** Whether that is a change, to be told at once. */
    connection(state: ConnectionState, why?: unknown): boolean {
      if (!connectionStates.includes(state)) {
        refuse();
        return false;
      }
      const changed = said.connection !== state;
      if (changed && state === 'ready') becomeReady();
      said.connection = state;
      if (why === undefined) delete said.why;
      else said.why = textOf(why, longest.why);
      return changed;
    },
    received(count: unknown): void {
      said.in = carry(said.in, count);
    },
    sent(count: unknown): void {
      said.out = carry(said.out, count);
    },
    session(given: unknown): void {
      const session: BotSession = said.session ?? {
        createdAt: null,
        refreshedAt: null,
        expiresAt: null,
      };
      for (const name of times) {
        const value = fieldOf(given, name);
        if (value !== undefined) session[name] = momentOf(value);
        if (value !== undefined && value !== null && session[name] === null) refuse();
      }
      said.session = session;
    },
    error: (error: unknown): void => errors.add(error, now()),
    count: (name: unknown, n: unknown): void => void (tally.count(name, n) || refuse()),
    time: (name: unknown, ms: unknown): void => void (tally.time(name, ms) || refuse()),
    needs(need: unknown): void {
      const kind = needKinds.find((known) => known === fieldOf(need, 'kind'));
      if (kind === undefined) said.needs = null;
      else said.needs = { kind, text: textOf(fieldOf(need, 'text'), longest.need) };
    },
    /** Lets go of what is kept only to be read later. */
    settle: errors.settle,
    beat(): Beat {
      const told = errors.told();
      const counters = tally.counters();
      const timings = tally.timings();
      return {
        ...said,
        at: now(),
        startedAt,
        ...(wasReady && said.reconnects === undefined ? { reconnects: 0 } : {}),
        ...(told === undefined ? {} : { errors: told }),
        ...(Object.keys(counters).length === 0 ? {} : { counters }),
        ...(Object.keys(timings).length === 0 ? {} : { timings }),
      };
    },
  };
};
