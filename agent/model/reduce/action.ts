import { replacing, subjectOf } from '../breaker.ts';
import type { ActionEvents } from '../events/action.ts';
import type { PendingAction, State } from '../state.ts';
import { type Handlers, increment, type Rejection } from './handler.ts';
import { addAttempt, decided, noteResumed, release } from './recovery.ts';
import { refreshActed } from './refresh.ts';

/** Reasons for actions that bring back what ended unasked: these are counted as restarts. */
const recoveryReasons: readonly string[] = [
  ...['died', 'resume-failed', 'exited', 'server-died', 'probe', 'unhealthy', 'refresh'],
];

/** Why Holdfast itself ends a session to start it anew. */
const replacingReasons: readonly string[] = ['unhealthy', 'refresh'];

/** systemd may still be at it. */
const noteLost = (draft: State, { kind, target, requestedAt }: PendingAction): void => {
  if (kind !== 'unit.restart') return;
  const subject = subjectOf(target);
  const attempts = draft.attempts[subject];
  if (!attempts) return;
  draft.attempts[subject] = attempts.map((attempt) =>
    attempt.at === requestedAt ? { ...attempt, lost: true } : attempt,
  );
};

const settle = (
  draft: State,
  action: string,
  outcome: 'done' | 'failed' | 'lost',
  message = '',
): Rejection | undefined => {
  const pending: PendingAction | undefined = draft.actions[action];
  if (!pending) return 'unknown-action';
  increment(draft.counts.actions, `${pending.kind} ${outcome}`);
  refreshActed(draft, pending, outcome, message);
  if (outcome === 'lost') noteLost(draft, pending);
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
    const { reason, by: _, resumes = false, ...action } = data;
    draft.actions[data.action] = { ...action, requestedAt: at };
    // What is asked of a program that goes on is no start of it.
    if (data.kind === 'command.run' || data.kind === 'signal.send') return undefined;
    const subject = subjectOf(data.target);
    release(draft, subject);
    if (data.kind === 'session.kill') {
      if (replacingReasons.includes(reason)) addAttempt(draft, subject, at, replacing);
      return undefined;
    }
    if (data.kind === 'session.create') noteResumed(draft, subject, resumes);
    if (recoveryReasons.includes(reason)) increment(draft.counts.restarts, reason);
    if (reason !== 'operator') addAttempt(draft, subject, at, reason);
    return undefined;
  },

  'action.done': (draft, { data }) => settle(draft, data.action, 'done'),
  'action.failed': (draft, { data }) => settle(draft, data.action, 'failed', data.message),
  'action.lost': (draft, { data }) => settle(draft, data.action, 'lost', data.why),
};
