import { deathOf } from '../case.ts';
import { sent } from '../trace-line.ts';

/** The first program of the session that dies. */
export const leader = 500;
export const killer = 900;
export const other = 901;

export const fatal = (at: number, from = killer, sig = 9, to = leader): string =>
  sent({ at, sig, from, to });

/** Ways for a request: the leader handles SIGTERM and SIGHUP. */
export const handling = { catches: { [leader]: [1, 10, 15] } };

/** Processes in units of systemd: a service, and the login that the tmux server is of. */
export const manager = {
  cgroups: { [leader]: '/system.slice/web.service', 9638: '/user.slice/session-3.scope' },
};

/** The server closes the pane of a program. */
export const hup = (at: number, server: number, to: number, res = 0): string =>
  sent({ at, sig: 1, from: server, to, code: 128, res });

/** The server closed the pane of a session, which was found gone then. */
export const closed = hup(100, 9638, leader);
export const gone = [deathOf(leader, 100.02)];

/** A client that shows the session. */
export const attached = { cmdlines: { 70: 'tmux attach -t api' } };
