import type { ActionEvents, Target } from '../../../model/events/action.ts';
import type { Context } from '../context.ts';
import type { Subject } from '../subject.ts';
import type { Accounts } from './account.ts';
import { ofRequester, whoAsked } from './requester.ts';

const decisionText = ({ decision, reason, target }: ActionEvents['decision.made']): string => {
  const subject = target.session ?? `server ${target.server}`;
  switch (decision) {
    case 'suspend':
      return `Holdfast gave up on bringing ${subject} back (${reason})`;
    case 'leave':
    case 'stop':
      return `Holdfast leaves ${subject} as it ended (${reason})`;
    case 'close':
      return `${subject} stays up again: its restarts are counted anew (${reason})`;
    default:
      return `Holdfast brings ${subject} back again (${reason})`;
  }
};

const actionText = (action: string, { actions }: Context): string => {
  const known = actions.get(action);
  if (!known) return `action ${action}`;
  const { kind, target, reason, by } = known;
  const who = by ? ` by ${whoAsked(by)}` : '';
  return `${kind} of ${target.session ?? target.server} (${reason}${who})`;
};

const ofTarget = ({ session, server, life }: Target): Subject => ({
  ...(session === null ? {} : { session: [session] }),
  server,
  ...(life === null ? {} : { life }),
});

const ofAction = ({ action }: { action: string }, { actions }: Context): Subject => {
  const known = actions.get(action);
  if (!known) return { action };
  const { target, reason, by } = known;
  return { ...ofTarget(target), action, reason, ...(by && ofRequester(by)) };
};

export const actionAccounts: Accounts<ActionEvents> = {
  'decision.made': {
    sentence: decisionText,
    subject: ({ target, reason }) => ({ ...ofTarget(target), reason }),
  },
  'action.done': {
    sentence: ({ action }, context) => `Done: ${actionText(action, context)}`,
    subject: ofAction,
  },
  'action.failed': {
    sentence: ({ action, code, message }, context) =>
      `Failed: ${actionText(action, context)}: ${message} (${code})`,
    subject: ofAction,
  },
  'action.lost': {
    sentence: ({ action, why }, context) =>
      `Nobody can tell whether it was done: ${actionText(action, context)}: ${why}`,
    subject: ofAction,
  },
};
