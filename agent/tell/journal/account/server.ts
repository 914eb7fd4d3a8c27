import type { ServerEvents } from '../../../model/events/server.ts';
import { plural } from '../../../model/text/plural.ts';
import type { Accounts } from './account.ts';
import { seconds } from './seconds.ts';

const subject = ({ server }: { server: string }) => ({ server });

export const serverAccounts: Accounts<ServerEvents> = {
  'server.found': {
    sentence: ({ managed, server, instance }) =>
      `The ${managed ? 'managed' : 'adopted'} tmux server ${server} answers, pid ${instance.pid}`,
    subject,
  },
  'server.died': {
    sentence: ({ server, how, lives }) =>
      `The tmux server ${server} died (${how}) with ${plural(lives, 'session')}`,
    subject,
  },
  'server.socket_lost': {
    sentence: ({ server }) => `The socket of tmux server ${server} is gone; the server lives on`,
    subject,
  },
  'server.socket_restored': {
    sentence: ({ server, afterMs }) =>
      `The socket of tmux server ${server} is back after ${seconds(afterMs)}`,
    subject,
  },
  'server.hung': {
    sentence: ({ server, processState }) =>
      `The tmux server ${server} does not answer (process state ${processState})`,
    subject,
  },
  'server.resumed': {
    sentence: ({ server, afterMs }) =>
      `The tmux server ${server} answers again after ${seconds(afterMs)}`,
    subject,
  },
};
