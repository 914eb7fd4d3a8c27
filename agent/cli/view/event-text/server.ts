import { duration } from '../../../model/duration.ts';
import type { ServerEvents } from '../../../model/events/server.ts';
import { plural } from '../../../model/text/plural.ts';
import type { Texts } from './texts.ts';

export const serverTexts: Texts<ServerEvents> = {
  'server.found': ({ version, instance, managed }) =>
    `${managed ? 'managed' : 'adopted'} tmux server ${version} found, pid ${instance.pid}`,
  'server.died': ({ how, lives, text }) =>
    `tmux server died (${how}) with ${plural(lives, 'session')}${text ? `: ${text}` : ''}`,
  'server.socket_lost': ({ socket }) => `the socket ${socket} is gone; the server lives on`,
  'server.socket_restored': ({ afterMs }) => `the socket is back after ${duration(afterMs)}`,
  'server.hung': ({ processState }) => `the server does not answer (process state ${processState})`,
  'server.resumed': ({ afterMs }) => `the server answers again after ${duration(afterMs)}`,
};
