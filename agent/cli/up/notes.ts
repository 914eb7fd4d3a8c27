import type { Event, EventType } from '../../model/event.ts';
import { isRunning } from '../../model/life.ts';
import type { StatusDocument } from '../../model/status/status.ts';
import { plural } from '../../model/text/plural.ts';
import { shellWord } from '../../model/text/shell-word.ts';
import type { Style } from '../frame/terminal.ts';
import { subjectOf } from '../view/event-subject.ts';
import { eventText } from '../view/event-text.ts';
import type { Note } from './display.ts';

/** The events a person at the terminal wants to see, and their colour. */
const notable: Partial<Record<EventType, Style | null>> = {
  'session.died': 'red',
  'verdict.reached': 'yellow',
  'session.ended': 'dim',
  'supervision.started': 'green',
  'session.renamed': 'dim',
  'server.died': 'red',
  'server.hung': 'red',
  'server.resumed': 'green',
  'server.socket_lost': 'yellow',
  'server.socket_restored': 'green',
  'link.lost': 'yellow',
  'link.connected': 'dim',
  'action.failed': 'red',
  'action.lost': 'yellow',
  'config.applied': 'dim',
  'config.rejected': 'red',
  'log.degraded': 'red',
  'log.recovered': 'green',
  'log.quarantined': 'yellow',
};

/** Ordinary while everything starts, and summed up by what is found then. */
const ofTheStart = new Set<EventType>(['supervision.started', 'link.connected', 'config.applied']);

/** Shorter here than in a list of events, where the type stands beside it. */
const noteText = (event: Event): string =>
  event.type === 'supervision.started'
    ? `is ${event.data.found === 'created' ? 'up' : 'there'} on ${event.data.server}`
    : eventText(event);

const suspended = (event: Event): Note | null =>
  event.type === 'decision.made' && event.data.decision === 'suspend'
    ? {
        kind: 'event',
        style: 'red',
        text: `${subjectOf(event)}: not brought back any more (${event.data.reason}); when mended: holdfast start ${shellWord(subjectOf(event))}`,
        fields: { event },
      }
    : null;

/** What `up` says about an event; null when it says nothing. `starting`: until everything was found. */
export const eventNote = (event: Event, starting: boolean): Note | null => {
  const style = notable[event.type];
  if (style === undefined) return suspended(event);
  if (starting && ofTheStart.has(event.type)) return null;
  if (event.type === 'verdict.reached' && event.data.confirms) return null;
  const subject = subjectOf(event);
  const text = `${subject === '' ? '' : `${subject}: `}${noteText(event)}`;
  return { kind: 'event', text, style, fields: { event } };
};

/** `found 5 sessions on default, watching` for each server that was there before us. */
export const foundNotes = ({ servers }: StatusDocument): Note[] =>
  servers
    .filter(({ managed, status }) => !managed && isRunning({ status }))
    .map(({ server, sessions }) => ({
      kind: 'found',
      text: `found ${plural(sessions, 'session')} on ${server}, watching`,
      fields: { server, sessions },
    }));

/** `supervising 7 sessions on 2 servers` */
export const supervisingNote = ({ servers, sessions }: StatusDocument): Note => {
  const up = sessions.filter(({ status }) => status === 'up').length;
  const alive = servers.filter(({ status }) => status === 'alive').length;
  return {
    kind: 'supervising',
    style: 'bold',
    text: `supervising ${plural(up, 'session')} on ${plural(alive, 'server')}`,
    fields: { sessions: up, servers: alive },
  };
};
