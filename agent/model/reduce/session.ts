import type { DeathRecord } from '../events/death.ts';
import type { SessionEvents } from '../events/session.ts';
import { idNumber, isOfDeclared } from '../life.ts';
import type { End } from '../recovery-state.ts';
import { type Life, maxEnded, type State } from '../state.ts';
import { forgetBots } from './bot.ts';
import { type Handlers, increment, type Rejection } from './handler.ts';
import { observe } from './histogram.ts';
import { forgetRecovery, release } from './recovery.ts';

const forgetIntents = (draft: State, life: string): void => {
  for (const intent of Object.values(draft.intents)) {
    if (intent.target.life === life) delete draft.intents[intent.intent];
  }
};

/** So that what the server tells of this end again is not taken for another. */
const rememberEnd = (draft: State, { server, tmuxId }: Life): void => {
  const known = draft.servers[server];
  if (!known) return;
  const ended = [...known.ended, idNumber(tmuxId)].sort((a, b) => a - b).slice(-maxEnded);
  draft.servers[server] = { ...known, ended };
};

const forgetHealth = (draft: State, { life, session }: { life: string; session: string }): void => {
  if (draft.health?.[session]?.life === life) delete draft.health[session];
};

/** A program with nothing to go on with says so and exits sooner than this, also on a slow machine, ms. */
const failsAtOnceMs = 10_000;

const hasResumeFailed = (draft: State, { session, exit, ageMs }: DeathRecord): boolean =>
  draft.recoveries?.[session]?.resumed === true &&
  (exit?.status ?? 0) !== 0 &&
  ageMs < failsAtOnceMs;

interface LifeEnd {
  at: number;
  data: { life: string; session: string; ageMs: number };
}

/** What recovery goes by. */
const howItDied = (draft: State, record: DeathRecord): Omit<End, 'at' | 'reason' | 'deaths'> => {
  const { exit, incident, screens } = record;
  const screen = screens?.[0]?.blob;
  return {
    ...(hasResumeFailed(draft, record) && { resumeFailed: true as const }),
    ...(exit !== undefined && { exit: exit && { status: exit.status, signal: exit.signal } }),
    ...(incident !== undefined && { incident }),
    ...(screen !== undefined && { screen }),
  };
};

const endLife = (
  draft: State,
  { at, data }: LifeEnd,
  reason: End['reason'],
  how: ReturnType<typeof howItDied> = {},
): Rejection | undefined => {
  const life = draft.lives[data.life];
  if (!life) return 'unknown-life';
  rememberEnd(draft, life);
  draft.counts.lifetime = observe(draft.counts.lifetime, data.ageMs / 1000);
  delete draft.lives[data.life];
  forgetIntents(draft, data.life);
  forgetBots(draft, data.life);
  forgetHealth(draft, data);
  if (isOfDeclared(draft, life)) {
    const deaths = (draft.ends[data.session]?.deaths ?? 0) + (reason === 'died' ? 1 : 0);
    draft.ends[data.session] = { at, reason, deaths, ...how };
  }
  return undefined;
};

const change = (draft: State, id: string, changes: Partial<Life>): Rejection | undefined => {
  const life: Life | undefined = draft.lives[id];
  if (!life) return 'unknown-life';
  draft.lives[id] = { ...life, ...changes };
  return undefined;
};

export const sessionHandlers: Handlers<SessionEvents> = {
  'session.declared': (draft, { data }) => {
    draft.declared[data.session] = data;
    return undefined;
  },

  'session.undeclared': (draft, { data }) => {
    if (!draft.declared[data.session]) return 'unknown-session';
    delete draft.declared[data.session];
    delete draft.ends[data.session];
    forgetRecovery(draft, data.session);
    delete draft.health?.[data.session];
    delete draft.refreshes?.[data.session];
    return undefined;
  },

  'session.created': (draft, { data }) => {
    if (!draft.servers[data.server]) return 'unknown-server';
    if (draft.lives[data.life]) return 'life-exists';
    draft.counts.created += 1;
    return undefined;
  },

  'supervision.started': (draft, { at, data }) => {
    if (!draft.servers[data.server]) return 'unknown-server';
    if (draft.lives[data.life]) return 'life-exists';
    const { found: _, ...birth } = data;
    draft.lives[data.life] = { ...birth, supervisedSince: at };
    if (isOfDeclared(draft, { ...birth, supervisedSince: at })) release(draft, data.session);
    return undefined;
  },

  'session.renamed': (draft, { data }) => change(draft, data.life, { tmuxName: data.to }),

  'session.panes_changed': (draft, { data: { life, panes, mates = [] } }) => {
    for (const mate of mates) change(draft, mate, { panes });
    return change(draft, life, { panes });
  },

  'session.ended': (draft, event) => {
    const rejection = endLife(draft, event, event.data.reason);
    if (!rejection) increment(draft.counts.ended, event.data.reason);
    return rejection;
  },

  'session.died': (draft, event) => {
    const rejection = endLife(draft, event, 'died', howItDied(draft, event.data));
    if (!rejection) draft.counts.died += 1;
    return rejection;
  },

  'supervision.ended': (draft, { data }) => {
    delete draft.lives[data.life];
    forgetIntents(draft, data.life);
    forgetBots(draft, data.life);
    forgetHealth(draft, data);
    return undefined;
  },
};
