import { resolveOpen } from '../close.ts';
import { raiseAlert } from '../open.ts';
import { graceAfterStart, wasHeld } from '../start-grace.ts';
import type { Handlers } from './handler.ts';

export const serverHandlers = {
  'agent.started': (book, { at, data: { previous } }) =>
    previous ? graceAfterStart(book, at, wasHeld(previous.at)) : book,

  // With sessions it is an incident of theirs, and that one is told.
  'server.died': (book, event) => {
    const { server, lives } = event.data;
    const calmed = ['server-hung', 'socket-lost'] as const;
    const after = calmed.reduce((all, kind) => resolveOpen(all, kind, server, event.at), book);
    return lives > 0 ? after : raiseAlert(after, 'server-died', server, event, { server });
  },

  'server.found': (book, { at, data }) => resolveOpen(book, 'server-died', data.server, at),

  'server.hung': (book, event) => {
    const { server } = event.data;
    return raiseAlert(book, 'server-hung', server, event, { server });
  },

  'server.resumed': (book, { at, data }) => resolveOpen(book, 'server-hung', data.server, at),

  'server.socket_lost': (book, event) => {
    const { server } = event.data;
    return raiseAlert(book, 'socket-lost', server, event, { server });
  },

  'server.socket_restored': (book, { at, data }) =>
    resolveOpen(book, 'socket-lost', data.server, at),

  'link.lost': (book, event) => {
    const { owner } = event.data;
    return raiseAlert(book, 'link-lost', owner, event);
  },

  'link.connected': (book, { at, data }) => resolveOpen(book, 'link-lost', data.owner, at),
} satisfies Handlers;
