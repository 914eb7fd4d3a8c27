import type { Event, EventType } from '../../model/event.ts';
import { printable } from '../../model/text/printable.ts';
import type { Style, Terminal } from '../frame/terminal.ts';
import { subjectOf } from './event-subject.ts';
import { eventText } from './event-text.ts';
import { exactClock, whenOf } from './time.ts';
import { pad, truncate, widthOf } from './width.ts';

const styles: Partial<Record<EventType, Style>> = {
  'session.died': 'red',
  'server.died': 'red',
  'server.hung': 'red',
  'action.failed': 'red',
  'log.degraded': 'red',
  'config.rejected': 'red',
  'server.socket_lost': 'yellow',
  'verdict.reached': 'yellow',
  'link.lost': 'yellow',
  'action.lost': 'yellow',
  'session.created': 'green',
  'supervision.started': 'green',
};

/** The longest type is `server.socket_restored`. */
const typeColumns = 23;
const subjectColumns = 16;

/** One event on one line, cut to the terminal's width. */
export const eventLine = (event: Event, now: number, terminal: Terminal): string => {
  const when = whenOf(event.at, now, exactClock);
  const type = pad(printable(event.type), typeColumns);
  const subject = pad(truncate(printable(subjectOf(event)), subjectColumns), subjectColumns);
  const room = terminal.columns - widthOf(when) - widthOf(type) - widthOf(subject) - 6;
  const text = truncate(printable(eventText(event)), Math.max(20, room));
  const paint = terminal.paint;
  return [
    paint('dim', when),
    paint(styles[event.type] ?? null, type),
    paint('bold', subject),
    text,
  ].join('  ');
};
