import type { Event, NewEvent } from '../../model/event.ts';
import type { AgentEvents } from '../../model/events/agent.ts';
import { fold } from '../../model/fold.ts';
import type { State } from '../../model/state.ts';
import type { Ends } from './end-lives.ts';
import { serverDied } from './server-end.ts';
import type { World } from './world.ts';

/** What the log says of the run before this one; null on a first start. */
export const previousRun = (state: State): AgentEvents['agent.started']['previous'] =>
  state.agent && {
    seq: state.seq,
    at: state.at,
    clean: state.agent.stopping,
    bootId: state.agent.bootId,
  };

/** As the log would number them, were they recorded now. */
const numbered = (events: readonly NewEvent[], seq: number): Event[] =>
  events.map((event, i) => ({ trace: '', ...event, v: 1, seq: seq + i + 1 }) as Event);

/** What is said of a server that went down with the machine. */
export const rebootText = 'the machine has started again since';

/** After a reboot every process of the last boot is gone, whatever its pid means now. */
export const rebootEnds = (
  state: State,
  bootId: string,
  world: (server: string) => World,
): Ends[] => {
  if (!state.agent || state.agent.bootId === bootId) return [];
  let current = state;
  return Object.keys(state.servers).map((server) => {
    const ends = serverDied(current, server, 'unknown', rebootText, {
      ...world(server),
      hostEnded: true,
    });
    // The next server's deaths join the incident.
    current = fold(current, numbered(ends.events, current.seq));
    return ends;
  });
};

/** What the configuration declares now and did not before, and the other way round. */
export const declarationEvents = (
  state: State,
  declared: Readonly<Record<string, { server: string; tmuxName: string }>>,
  at: number,
): NewEvent[] => {
  const events: NewEvent[] = [];
  for (const session of Object.keys(state.declared)) {
    if (!Object.hasOwn(declared, session)) {
      events.push({ at, type: 'session.undeclared', data: { session } });
    }
  }
  for (const [session, { server, tmuxName }] of Object.entries(declared)) {
    const known = state.declared[session];
    if (known?.server === server && known.tmuxName === tmuxName) continue;
    events.push({ at, type: 'session.declared', data: { session, server, tmuxName } });
  }
  return events;
};
