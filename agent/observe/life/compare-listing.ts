import type { NewEvent } from '../../model/event.ts';
import type { Instance } from '../../model/events/server.ts';
import { isRunning, livesOf, panesKey, sameInstance } from '../../model/life.ts';
import type { Life, ServerState, State } from '../../model/state.ts';
import type { LinkNotifications } from '../../protocol/link.ts';
import type { BriefRow, PaneRow } from '../../protocol/listing.ts';
import { birthEvents, birthOf, maxPanes, paneOf } from './birth.ts';
import { type Ends, endLives, noEnds } from './end-lives.ts';
import { serverDied, socketLost } from './server-end.ts';
import { unseenLives } from './unseen-lives.ts';
import type { World } from './world.ts';

type Listing = LinkNotifications['server.listing'];
type Brief = LinkNotifications['server.brief'];

/** The server answers: it was found, or is back from trouble. */
const serverEvents = (known: ServerState, listing: Listing, now: number): NewEvent[] => {
  const { server, instance, socket, version } = listing;
  const afterMs = Math.max(0, now - known.since);
  if (sameInstance(known.instance, instance)) {
    if (known.status === 'hung') {
      return [{ at: now, type: 'server.resumed', data: { server, instance, afterMs } }];
    }
    if (known.status === 'socket-lost') {
      return [{ at: now, type: 'server.socket_restored', data: { server, instance, afterMs } }];
    }
    if (known.status === 'alive') return [];
  }
  const { managed } = known;
  return [{ at: now, type: 'server.found', data: { server, instance, socket, managed, version } }];
};

/** What changed about a session that is still there. */
const changes = (life: Life, name: string, rows: readonly PaneRow[], at: number): NewEvent[] => {
  const { life: id, session } = life;
  const events: NewEvent[] = [];
  if (life.tmuxName !== name) {
    const data = { life: id, session, from: life.tmuxName, to: name };
    events.push({ at, type: 'session.renamed', data });
  }
  const panes = rows.slice(0, maxPanes).map(paneOf);
  if (panesKey(panes) !== panesKey(life.panes)) {
    const more = rows.length - panes.length;
    events.push({ at, type: 'session.panes_changed', data: { life: id, session, panes, more } });
  }
  return events;
};

const panesBySession = (panes: readonly PaneRow[]): Map<string, PaneRow[]> =>
  Map.groupBy(panes, (pane) => pane.tmuxId);

const briefRows = (panes: readonly PaneRow[]): BriefRow[] =>
  panes.map(({ tmuxId, id, pid }) => [tmuxId, id, pid]);

const goneFrom = (lives: readonly Life[], present: ReadonlySet<string>): Life[] =>
  lives.filter(({ tmuxId }) => !present.has(tmuxId));

const unseenBirth =
  (at: number) =>
  ({ supervisedSince: _, ...birth }: Life): NewEvent[] =>
    birthEvents(birth, 'created', at);

/** What a listing is to what is known of its server. */
type Standing = 'unwatched' | 'late' | 'stranger' | 'successor' | 'first' | 'same';

/**
 * `late`: taken before its server died, and told after that was seen by the pid. `stranger`: somebody else has the
 * socket of a server that lives, and its sessions with it.
 */
const standingOf = (known: ServerState | undefined, instance: Instance, world: World): Standing => {
  if (!known) return 'unwatched';
  if (known.instance === null) return 'first';
  if (sameInstance(known.instance, instance)) {
    return known.status === 'dead' && !world.isAlive(instance) ? 'late' : 'same';
  }
  return isRunning(known) && world.isAlive(known.instance) ? 'stranger' : 'successor';
};

/** Holds a listing against what is known of that very server: births, changes, ends. */
const compareSessions = (
  state: State,
  known: ServerState,
  listing: Listing,
  standing: Standing,
  world: World,
): Ends => {
  const { server, instance, exits, sessions } = listing;
  const { now } = world;
  const lives = livesOf(state, server).filter((life) => sameInstance(life.instance, instance));
  const byId = new Map(lives.map((life) => [life.tmuxId, life]));
  const panes = panesBySession(listing.panes);
  const found = standing === 'first' && known.status === 'absent' ? 'existing' : 'created';
  const seen = sessions.flatMap((row): NewEvent[] => {
    const life = byId.get(row.tmuxId);
    const rows = panes.get(row.tmuxId) ?? [];
    if (life) return changes(life, row.name, rows, now);
    return birthEvents(birthOf(state, server, instance, row, rows, world), found, now);
  });
  const present = new Set(sessions.map(({ tmuxId }) => tmuxId));
  const unseen =
    standing === 'successor' ? [] : unseenLives(state, known, instance, exits, present, world);
  const gone = [...goneFrom(lives, present), ...unseen];
  const sight = { rows: briefRows(listing.panes), exits, serverState: 'alive' as const };
  const ends = endLives(state, server, gone, sight, world);
  const events = [...serverEvents(known, listing, now), ...seen];
  return { ...ends, events: [...events, ...unseen.flatMap(unseenBirth(now)), ...ends.events] };
};

/** Holds the whole truth of a listing against what was known. */
export const compareListing = (state: State, listing: Listing, world: World): Ends => {
  const { server, instance, socket } = listing;
  const known = state.servers[server];
  const standing = standingOf(known, instance, world);
  if (!known || standing === 'late') return noEnds;
  if (standing === 'stranger') return socketLost(known, socket, world);
  const before =
    standing === 'successor' ? serverDied(state, server, 'unknown', '', world) : noEnds;
  const now = compareSessions(state, known, listing, standing, world);
  return {
    events: [...before.events, ...now.events],
    screens: [...before.screens, ...now.screens],
    incident: now.incident ?? before.incident,
  };
};

/** The quick listing knows only who is there: it can end lives, nothing else. */
export const compareBrief = (state: State, brief: Brief, world: World): Ends => {
  const { server, instance, rows, exits } = brief;
  const known = state.servers[server];
  if (known?.status !== 'alive' || !sameInstance(known.instance, instance)) return noEnds;
  const present = new Set(rows.map(([tmuxId]) => tmuxId));
  const unseen = unseenLives(state, known, instance, exits, present, world);
  const gone = [...goneFrom(livesOf(state, server), present), ...unseen];
  const ends = endLives(state, server, gone, { rows, exits, serverState: 'alive' }, world);
  return { ...ends, events: [...unseen.flatMap(unseenBirth(world.now)), ...ends.events] };
};
