import type { Verdict } from '../../model/events/incident.ts';
import type { Incident } from '../../model/state.ts';
import { nameList } from '../view/incident-table.ts';
import { plural } from '../view/quantity.ts';

/** What happened to "it", in the words of a person; the stable name of the cause is printed beside it. */
const causeText = ({ cause, signal, exitStatus }: Verdict): string => {
  const named = signal ? ` by ${signal.name}` : '';
  switch (cause) {
    case 'signal':
      return `killed${named || ' by a signal'}`;
    case 'tmux-command':
      return 'ended by a tmux command';
    case 'program-exit':
      return exitStatus === null ? 'its program exited' : `its program exited with ${exitStatus}`;
    case 'program-crash':
      return `its program crashed${signal ? ` (${signal.name})` : ''}`;
    case 'oom-cgroup':
      return 'over its memory limit, killed by the kernel';
    case 'oom-system':
      return 'the machine ran out of memory, killed by the kernel';
    case 'oomd':
      return 'killed by systemd-oomd under memory pressure';
    case 'rlimit':
      return 'over a resource limit, killed by the kernel';
    case 'unit-stop':
      return 'its systemd unit was stopped';
    case 'logout':
      return 'ended with the login it was started from';
    case 'shutdown':
      return 'the machine was shut down or restarted';
    case 'host-crash':
      return 'the machine went down without a shutdown';
    case 'socket-lost':
      return 'its tmux server lost its socket';
    case 'server-hung':
      return 'its tmux server hung';
    case 'intended':
      return 'it was meant to end';
    case 'unknown':
      return 'the cause is not known';
    default:
      return cause satisfies never;
  }
};

const who = ({ sessions, server }: Incident): string => {
  if (sessions.length === 0) return `the tmux server ${server}`;
  return sessions.length === 1 ? nameList(sessions) : plural(sessions.length, 'session');
};

/** `demo-1 died: killed by SIGKILL` */
export const headline = (incident: Incident): string => {
  const { verdict } = incident;
  return `${who(incident)} died: ${verdict ? causeText(verdict) : 'the verdict is not reached yet'}`;
};

/** `signal, certain, scope session; server main; incident 01J…` */
export const classification = ({ verdict, server, incident }: Incident): string =>
  [
    ...(verdict ? [`${verdict.cause}, ${verdict.confidence}, scope ${verdict.scope}`] : []),
    `server ${server}`,
    `incident ${incident}`,
  ].join('; ');
