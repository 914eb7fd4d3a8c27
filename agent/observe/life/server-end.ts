import type { NewEvent } from '../../model/event.ts';
import type { ServerEnd } from '../../model/events/server.ts';
import { isRunning, livesOf, sameInstance } from '../../model/life.ts';
import type { ServerState, State } from '../../model/state.ts';
import type { LinkNotifications } from '../../protocol/link.ts';
import { type Ends, endLives, noEnds } from './end-lives.ts';
import type { World } from './world.ts';

type Unreachable = LinkNotifications['server.unreachable'];

/** A server is gone, and every session with it. */
export const serverDied = (
  state: State,
  server: string,
  how: ServerEnd,
  text: string,
  world: World,
): Ends => {
  const known = state.servers[server];
  if (!known?.instance || !isRunning(known)) return noEnds;
  const lives = livesOf(state, server);
  const seen = { rows: [], exits: [], serverState: 'dead' as const };
  const ends = endLives(state, server, lives, seen, world);
  const died: NewEvent = {
    at: world.now,
    type: 'server.died',
    data: {
      server,
      instance: known.instance,
      how,
      text: world.redact(text).slice(0, 200),
      lastSeen: lastSeen(state, server, world),
      lives: lives.length,
    },
  };
  // Its own end comes last: a crash may tear the two apart in the log, and the lives of a server that is
  // already known to be dead would never be ended.
  return { ...ends, events: [...ends.events, died] };
};

const lastSeen = (state: State, server: string, { samples, now }: World): number =>
  livesOf(state, server).reduce(
    (latest, life) => Math.max(latest, samples.lives.get(life.life)?.lastSeen ?? 0),
    0,
  ) || now;

/** The server lives and cannot be reached: nobody has its socket, or somebody else. */
export const socketLost = (known: ServerState, socket: string, world: World): Ends => {
  const { server, instance, status } = known;
  if (!instance || status === 'socket-lost') return noEnds;
  const data = { server, instance, socket };
  return { ...noEnds, events: [{ at: world.now, type: 'server.socket_lost', data }] };
};

/** Nobody answers, and the link knows of no process: a new link cannot know the one it does not reach. */
const nobodyThere = (state: State, known: ServerState, socket: string, world: World): Ends => {
  const { server, instance } = known;
  if (!instance || !isRunning(known)) return noEnds;
  if (world.isAlive(instance)) return socketLost(known, socket, world);
  return serverDied(state, server, 'unknown', 'nobody saw it go', world);
};

/** A new link reaches somebody who does not answer: it cannot know the server that is known here. */
const strangerThere = (state: State, known: ServerState, told: Unreachable, world: World): Ends => {
  const { server, instance, status } = known;
  if (!instance || !isRunning(known)) return noEnds;
  if (!world.isAlive(instance)) {
    return serverDied(state, server, 'unknown', 'nobody saw it go', world);
  }
  if (told.why !== 'hung' || status === 'hung') return noEnds;
  const data = { server, instance, processState: '' };
  return { ...noEnds, events: [{ at: world.now, type: 'server.hung', data }] };
};

/** The link cannot reach a server whose process lives: hung, or its socket is gone. */
export const serverUnreachable = (state: State, told: Unreachable, world: World): Ends => {
  const { server, instance, why, processState, socket } = told;
  const known = state.servers[server];
  if (!known) return noEnds;
  const at = world.now;
  if (why === 'absent') return nobodyThere(state, known, socket, world);
  if (!instance) return strangerThere(state, known, told, world);
  if (!sameInstance(known.instance, instance) || !isRunning(known)) return noEnds;
  if (why === 'hung' && known.status !== 'hung') {
    const data = { server, instance, processState: processState.slice(0, 1) };
    return { ...noEnds, events: [{ at, type: 'server.hung', data }] };
  }
  if (why === 'socket-lost' && known.status !== 'socket-lost') {
    const data = { server, instance, socket };
    return { ...noEnds, events: [{ at, type: 'server.socket_lost', data }] };
  }
  return noEnds;
};
