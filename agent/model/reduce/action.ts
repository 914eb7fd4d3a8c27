import type { ActionEvents, Target } from '../events/action.ts';
import { maxAttempts, type PendingAction, type State } from '../state.ts';
import { type Handlers, increment, type Rejection } from './handler.ts';

/** What a limit on restarts counts for: a declared session, or a server. No two have one name: `server:` is ours. */
export const subjectOf = ({ session, server }: Target): string => session ?? `server:${server}`;

/** Reasons for actions that bring back what ended unasked: these are counted as restarts. */
const recoveryReasons: readonly string[] = ['died', 'server-died'];

const addAttempt = (draft: State, target: Target, at: number, reason: string): void => {
  const subject = subjectOf(target);
  draft.attempts[subject] = [...(draft.attempts[subject] ?? []), { at, reason }].slice(
    -maxAttempts,
  );
};

const settle = (draft: State, action: string, outcome: string): Rejection | undefined => {
  const pending: PendingAction | undefined = draft.actions[action];
  if (!pending) return 'unknown-action';
  increment(draft.counts.actions, `${pending.kind} ${outcome}`);
  delete draft.actions[action];
  return undefined;
};

export const actionHandlers: Handlers<ActionEvents> = {
  'decision.made': (draft, { at, data }) => {
    const subject = subjectOf(data.target);
    increment(draft.counts.decisions, data.reason);
    if (data.decision === 'suspend') draft.suspended[subject] = at;
    if (data.decision === 'resume') {
      delete draft.suspended[subject];
      delete draft.attempts[subject];
      delete draft.ends[subject];
    }
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
    if (recoveryReasons.includes(reason)) increment(draft.counts.restarts, reason);
    if (reason !== 'operator') addAttempt(draft, data.target, at, reason);
    return undefined;
  },

  'action.done': (draft, { data }) => settle(draft, data.action, 'done'),
  'action.failed': (draft, { data }) => settle(draft, data.action, 'failed'),
  'action.lost': (draft, { data }) => settle(draft, data.action, 'lost'),
};
