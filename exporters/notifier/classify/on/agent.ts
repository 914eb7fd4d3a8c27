import type { EventOf } from '../../../../agent/model/event.ts';
import { printable } from '../../../../agent/model/text/printable.ts';
import type { AlertSettings } from '../../../../agent/protocol/notifier.ts';
import { type Book, withdraw } from '../book.ts';
import { resolveOpen } from '../close.ts';
import { current, raiseAlert } from '../open.ts';
import type { Handlers } from './handler.ts';

/** As often as this within ten minutes of each other it is no accident. */
const manyKills = 3;

/** Once it goes on people hear of it again, though each time the agent is back in no time. */
const agentKilled = (
  book: Book,
  event: EventOf<'agent.started'>,
  { alerts: { repeatMs } }: AlertSettings,
): Book => {
  const known = current(book, 'agent-killed', '', event.at);
  const count = (known?.count ?? 0) + 1;
  if (!known || count < manyKills) return raiseAlert(book, 'agent-killed', '', event);
  const isNews = count === manyKills || event.at - known.loudAt >= repeatMs;
  const loudAt = isNews ? event.at : known.loudAt;
  return raiseAlert(book, 'agent-killed', '', event, { severity: 'critical', loudAt });
};

export const agentHandlers = {
  'agent.started': (book, event, settings) => {
    const { previous, bootId } = event.data;
    if (!previous) return book;
    if (previous.bootId !== bootId) return raiseAlert(book, 'machine-restarted', '', event);
    return previous.clean ? book : agentKilled(book, event, settings);
  },

  // The incident of a restart tells of the restart, and of what it cost.
  'verdict.reached': (book, { at, data }) => {
    const told = ['shutdown', 'host-crash'].includes(data.verdict.cause);
    const restart = Object.values(book.alerts).findLast(({ kind }) => kind === 'machine-restarted');
    const isHeld = restart?.status === 'firing' && at < (restart.holdUntil ?? 0);
    return told && isHeld ? withdraw(book, restart, 'inhibited', at) : book;
  },

  'config.rejected': (book, event) => {
    const { problems, first } = event.data;
    const message = `${problems}: ${printable(first)}`;
    return raiseAlert(book, 'config-rejected', '', event, { message });
  },

  'config.applied': (book, { at }) => resolveOpen(book, 'config-rejected', '', at),

  'log.degraded': (book, event) => {
    const { code, message } = event.data;
    const text = `${printable(message)} (${printable(code)})`;
    return raiseAlert(book, 'log-degraded', '', event, { message: text });
  },

  'log.recovered': (book, { at }) => resolveOpen(book, 'log-degraded', '', at),

  'log.quarantined': (book, event) => {
    const { reason, salvaged } = event.data;
    const message = `${printable(reason)}; ${salvaged}`;
    return raiseAlert(book, 'log-damaged', '', event, { message });
  },

  'events.gap': (book, event) => {
    const { from, to, reason } = event.data;
    // A run that ended before the disk had them: the next one numbers anew, and tells what it finds.
    if (reason === 'not-stored' || to < from) return book;
    return raiseAlert(book, 'events-lost', '', event, { message: `${to - from + 1}` });
  },
} satisfies Handlers;
