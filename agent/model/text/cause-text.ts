import type { Cause, Verdict } from '../events/incident.ts';
import type { Incident } from '../state.ts';
import { unitsServer } from '../unit-state.ts';
import { type Headline, headlineOf, headlineText } from './headline.ts';
import { plural } from './plural.ts';
import { printable } from './printable.ts';

/** What happened to "it", in the words of a person; the stable name of the cause is printed beside it. */
const causeTexts: Readonly<Record<Cause, (verdict: CauseOf) => string>> = {
  signal: ({ signal }) => `killed by ${signal?.name ?? 'a signal'}`,
  'tmux-command': () => 'ended by a tmux command',
  'program-exit': ({ exitStatus }) =>
    exitStatus === null ? 'its program exited' : `its program exited with ${exitStatus}`,
  'program-crash': ({ signal }) => `its program crashed${signal ? ` (${signal.name})` : ''}`,
  'oom-cgroup': () => 'over its memory limit, killed by the kernel',
  'oom-system': () => 'the machine ran out of memory, killed by the kernel',
  oomd: () => 'killed by systemd-oomd under memory pressure',
  rlimit: () => 'over a resource limit, killed by the kernel',
  'unit-stop': () => 'its systemd unit was stopped',
  logout: () => 'ended with the login it was started from',
  shutdown: () => 'the machine was shut down or restarted',
  'host-crash': () => 'the machine went down without a shutdown',
  'socket-lost': () => 'its tmux server lost its socket',
  'server-hung': () => 'its tmux server hung',
  intended: () => 'it was meant to end',
  unknown: () => 'the cause is not known',
};

type CauseOf = Pick<Verdict, 'cause' | 'signal' | 'exitStatus'>;

/** A cause of a newer release stands for itself. */
const causeText = (verdict: CauseOf): string =>
  causeTexts[verdict.cause]?.(verdict) ?? verdict.cause;

/** `web, bot and 5 more`, printable */
export const namesIn = (names: readonly string[], most = 2): Headline => {
  const shown = names.slice(0, names.length <= most + 1 ? most + 1 : most).map(printable);
  const left = names.length - shown.length;
  const parts = shown.flatMap((name, i) => (i === 0 ? [{ name }] : [', ', { name }]));
  return left > 0 ? [...parts, ` and ${left} more`] : parts;
};

export const nameList = (names: readonly string[], most = 2): string =>
  headlineText(namesIn(names, most));

type Dead = Pick<Incident, 'sessions' | 'server'> & { verdict: CauseOf | null };

const who = ({ sessions, server }: Dead): Headline => {
  if (sessions.length === 0) return headlineOf`the tmux server ${{ name: server }}`;
  if (sessions.length === 1) return namesIn(sessions);
  return [plural(sessions.length, server === unitsServer ? 'unit' : 'session')];
};

/** `demo-1 died: killed by SIGKILL`, and what of it is a name. */
export const deathHeadline = (incident: Dead): Headline => {
  const { verdict } = incident;
  const why = verdict ? causeText(verdict) : 'the verdict is not reached yet';
  return [...who(incident), ` died: ${why}`];
};

/** `demo-1 died: killed by SIGKILL` */
export const headline = (incident: Dead): string => headlineText(deathHeadline(incident));
