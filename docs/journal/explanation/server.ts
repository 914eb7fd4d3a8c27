import type { Explanations } from './explanation.ts';

export const serverExplanations: Explanations<'server'> = {
  'server.found': {
    subject: 'The tmux server @HOLDFAST_SERVER@ answers',
    meaning: 'A tmux server is watched from now on.',
    look: 'Nothing has to be done.',
  },
  'server.died': {
    subject: 'The tmux server @HOLDFAST_SERVER@ died',
    meaning:
      'The process of a tmux server is gone, and with it every session on it. A managed server is started again, and its declared sessions are created again. An adopted one is not.',
    look: '`holdfast incidents` lists what went with it; `holdfast why INCIDENT` says what ended it and what could not be seen.',
  },
  'server.socket_lost': {
    subject: 'The socket of the tmux server @HOLDFAST_SERVER@ is gone',
    meaning:
      'Somebody removed the socket while the server lives. No session is lost, but nobody can attach. Holdfast asks the server to create the socket again.',
    look: 'If it happens again, find what cleans that directory: `systemd-tmpfiles --cat-config` shows what is cleaned by age.',
  },
  'server.socket_restored': {
    subject: 'The socket of the tmux server @HOLDFAST_SERVER@ is back',
    meaning: 'The server can be reached again. No session was lost.',
    look: 'Nothing has to be done.',
  },
  'server.hung': {
    subject: 'The tmux server @HOLDFAST_SERVER@ does not answer',
    meaning:
      'The process of the server lives and does not answer: it was stopped, waits for a disk, or the machine is out of processor time. Its sessions are there, but nobody can reach them. Holdfast does not kill it.',
    look: '`holdfast status` shows its process id. A process in state T was stopped and goes on after `kill -CONT PID`; one in state D waits for a device.',
  },
  'server.resumed': {
    subject: 'The tmux server @HOLDFAST_SERVER@ answers again',
    meaning: 'The server had not answered for a while and does now. Its sessions are as they were.',
    look: 'Nothing has to be done.',
  },
};
