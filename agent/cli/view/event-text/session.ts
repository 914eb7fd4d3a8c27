import { duration } from '../../../model/duration.ts';
import type { SessionEvents } from '../../../model/events/session.ts';
import { plural } from '../../../model/text/plural.ts';
import { exitText } from '../exit-status.ts';
import type { Texts } from './texts.ts';

export const sessionTexts: Texts<SessionEvents> = {
  'session.declared': ({ server }) => `declared on ${server}`,
  'session.undeclared': () => 'no longer declared',
  'session.created': ({ server, command }) => `created on ${server}: ${command}`,
  'supervision.started': ({ found, panes }) =>
    `supervised (${found}), ${plural(panes.length, 'pane')}`,
  'session.renamed': ({ from, to }) => `renamed from ${from} to ${to}`,
  'session.panes_changed': ({ panes, more }) => `now ${plural(panes.length + more, 'pane')}`,
  'session.ended': ({ reason, ageMs }) => `ended (${reason}) after ${duration(ageMs)}`,
  'session.died': ({ ageMs, exit }) => `died after ${duration(ageMs)}; ${exitText(exit)}`,
  'supervision.ended': ({ reason, supervisedMs }) =>
    `supervision ended (${reason}) after ${duration(supervisedMs)}`,
};
