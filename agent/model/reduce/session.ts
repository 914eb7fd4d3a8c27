import type { SessionEvents } from '../events/session.ts';
import type { Life, State } from '../state.ts';
import { type Handlers, increment } from './handler.ts';
import { observe } from './histogram.ts';

const forgetIntents = (draft: State, life: string): void => {
  for (const intent of Object.values(draft.intents)) {
    if (intent.target.life === life) delete draft.intents[intent.intent];
  }
};

const endLife = (draft: State, life: string, ageMs: number): void => {
  draft.counts.lifetime = observe(draft.counts.lifetime, ageMs / 1000);
  delete draft.lives[life];
  forgetIntents(draft, life);
};

export const sessionHandlers: Handlers<SessionEvents> = {
  'session.declared': (draft, { data }) => {
    draft.declared[data.session] = data;
    return undefined;
  },

  'session.undeclared': (draft, { data }) => {
    if (!draft.declared[data.session]) return 'unknown-session';
    delete draft.declared[data.session];
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
    return undefined;
  },

  'session.renamed': (draft, { data }) => {
    const life: Life | undefined = draft.lives[data.life];
    if (!life) return 'unknown-life';
    draft.lives[data.life] = { ...life, tmuxName: data.to };
    return undefined;
  },

  'session.panes_changed': (draft, { data }) => {
    const life: Life | undefined = draft.lives[data.life];
    if (!life) return 'unknown-life';
    draft.lives[data.life] = { ...life, panes: data.panes };
    return undefined;
  },

  'session.ended': (draft, { data }) => {
    if (!draft.lives[data.life]) return 'unknown-life';
    increment(draft.counts.ended, data.reason);
    endLife(draft, data.life, data.ageMs);
    return undefined;
  },

  'session.died': (draft, { data }) => {
    if (!draft.lives[data.life]) return 'unknown-life';
    draft.counts.died += 1;
    endLife(draft, data.life, data.ageMs);
    return undefined;
  },

  'supervision.ended': (draft, { data }) => {
    delete draft.lives[data.life];
    return undefined;
  },
};
