import { printable } from '../../../../agent/model/printable.ts';
import { withdraw } from '../book.ts';
import { resolveOpen } from '../close.ts';
import { raiseAlert } from '../open.ts';
import type { Handlers } from './handler.ts';

export const agentHandlers = {
  'agent.started': (book, event) => {
    const { previous, bootId } = event.data;
    if (!previous) return book;
    if (previous.bootId !== bootId) return raiseAlert(book, 'machine-restarted', '', event);
    return previous.clean ? book : raiseAlert(book, 'agent-killed', '', event);
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
