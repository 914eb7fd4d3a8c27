import type { ActionEvents } from '../../../model/events/action.ts';
import { dateTime } from '../time.ts';
import { whoText } from '../who-text.ts';
import type { Texts } from './texts.ts';

export const actionTexts: Texts<ActionEvents> = {
  'decision.made': ({ decision, reason, until }) =>
    `decided: ${decision} (${reason})${until === undefined ? '' : ` until ${dateTime(until)}`}`,
  'intent.declared': ({ by }) => `meant to end, asked by ${whoText(by)}`,
  'intent.expired': () => 'was meant to end and did not',
  'action.requested': ({ action, kind, reason, by, resumes }) =>
    `${kind} requested (${reason}${by ? ` by ${whoText(by)}` : ''}${resumes ? ', resumeCommand' : ''}), action ${action}`,
  'action.done': ({ action, settled }) => `action ${action} done (${settled})`,
  'action.failed': ({ action, code, message }) => `action ${action} failed: ${message} (${code})`,
  'action.lost': ({ action, why }) => `action ${action} lost: ${why}`,
};
