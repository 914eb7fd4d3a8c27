import type { NewEvent } from '../../model/event.ts';
import type { Instance } from '../../model/events/server.ts';
import { isRunning, livesOf, sameInstance } from '../../model/life.ts';
import type { Life, ServerState, State } from '../../model/state.ts';
import type { LinkNotifications } from '../../protocol/link.ts';
import type { BriefRow, PaneRow, SessionRow } from '../../protocol/listing.ts';
import { birthEvents, birthOf } from './birth.ts';
import { changedPanes } from './changed-panes.ts';
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

const renamed = ({ life, session, tmuxName }: Life, to: string, at: number): NewEvent[] => {
  const data = { life, session, from: tmuxName, to };
  return tmuxName === to ? [] : [{ at, type: 'session.renamed', data }];
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
  const rowsOf = ({ tmuxId }: SessionRow): PaneRow[] => panes.get(tmuxId) ?? [];
  const listed = sessions.flatMap((row) => {
    const life = byId.get(row.tmuxId);
    return life ? [{ life, row, rows: rowsOf(row) }] : [];
  });
  const names = listed.flatMap(({ life, row }) => renamed(life, row.name, now));
  const births = sessions
    .filter(({ tmuxId }) => !byId.has(tmuxId))
    .map((row) => birthOf(state, server, instance, row, rowsOf(row), world))
    .flatMap((birth) => birthEvents(birth, found, now));
  // Births come last: a crash may tear them off, and a new view of a group is known by the panes its mates have now.
  const seen = [...names, ...changedPanes(listed, now), ...births];
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
