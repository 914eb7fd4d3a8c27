import { replacing, subjectOf } from '../breaker.ts';
import type { ActionEvents } from '../events/action.ts';
import type { PendingAction, State } from '../state.ts';
import { type Handlers, increment, type Rejection } from './handler.ts';
import { addAttempt, decided, release } from './recovery.ts';

/** Reasons for actions that bring back what ended unasked: these are counted as restarts. */
const recoveryReasons: readonly string[] = ['died', 'exited', 'server-died', 'probe', 'unhealthy'];

const settle = (draft: State, action: string, outcome: string): Rejection | undefined => {
  const pending: PendingAction | undefined = draft.actions[action];
  if (!pending) return 'unknown-action';
  increment(draft.counts.actions, `${pending.kind} ${outcome}`);
  delete draft.actions[action];
  return undefined;
};

export const actionHandlers: Handlers<ActionEvents> = {
  'decision.made': (draft, event) => {
    const { decision, reason, target } = event.data;
    increment(draft.counts.decisions, reason);
    if (Object.hasOwn(decided, decision)) decided[decision]?.(draft, subjectOf(target), event);
    return undefined;
  },

  'intent.declared': (draft, { at, data }) => {
    if (draft.intents[data.intent]) return 'intent-exists';
    draft.intents[data.intent] = { ...data, declaredAt: at };
    return undefined;
  },

  'intent.expired': (draft, { data }) => {
    if (!draft.intents[data.intent]) return 'unknown-intent';
    delete draft.intents[data.intent];
    return undefined;
  },

  'action.requested': (draft, { at, data }) => {
    if (draft.actions[data.action]) return 'action-exists';
    const { reason, by: _, ...action } = data;
    draft.actions[data.action] = { ...action, requestedAt: at };
    const subject = subjectOf(data.target);
    release(draft, subject);
    if (data.kind === 'session.kill') {
      if (reason === 'unhealthy') addAttempt(draft, subject, at, replacing);
      return undefined;
    }
    if (recoveryReasons.includes(reason)) increment(draft.counts.restarts, reason);
    if (reason !== 'operator') addAttempt(draft, subject, at, reason);
    return undefined;
  },

  'action.done': (draft, { data }) => settle(draft, data.action, 'done'),
  'action.failed': (draft, { data }) => settle(draft, data.action, 'failed'),
  'action.lost': (draft, { data }) => settle(draft, data.action, 'lost'),
};
