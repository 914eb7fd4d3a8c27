import type { NewEvent } from '../../model/event.ts';
import type { Instance } from '../../model/events/server.ts';
import { livesOf, panesKey, sameInstance } from '../../model/life.ts';
import type { Life, ServerState, State } from '../../model/state.ts';
import type { BriefRow, LinkNotifications, PaneRow } from '../../protocol/link.ts';
import { birthEvents, birthOf, maxPanes, paneOf } from './birth.ts';
import { type Ends, endLives, type Surroundings } from './end-lives.ts';
import { isRunning, serverDied, socketLost } from './server-end.ts';
import { unseenLives } from './unseen-lives.ts';

type Listing = LinkNotifications['server.listing'];
type Brief = LinkNotifications['server.brief'];

const nothing: Ends = { events: [], screens: [], incident: null };

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

const gather = (panes: readonly PaneRow[]): Map<string, PaneRow[]> =>
  Map.groupBy(panes, (pane) => pane.tmuxId);

const briefRows = (panes: readonly PaneRow[]): BriefRow[] =>
  panes.map(({ tmuxId, id, pid }) => [tmuxId, id, pid]);

const goneFrom = (lives: readonly Life[], present: ReadonlySet<string>): Life[] =>
  lives.filter(({ tmuxId }) => !present.has(tmuxId));

const unseenBirth =
  (at: number) =>
  ({ supervisedSince: _, ...birth }: Life): NewEvent[] =>
    birthEvents(birth, 'created', at);

/** Taken before its server died, and told after that was seen by the pid. */
const isLate = (known: ServerState, instance: Instance, world: Surroundings): boolean =>
  known.status === 'dead' && sameInstance(known.instance, instance) && !world.isAlive(instance);

/** Holds the whole truth of a listing against what was known: births, changes, ends. */
export const compareListing = (state: State, listing: Listing, world: Surroundings): Ends => {
  const { server, instance, exits } = listing;
  const known = state.servers[server];
  if (!known || isLate(known, instance, world)) return nothing;
  const replaced = known.instance !== null && !sameInstance(known.instance, instance);
  // A stranger has its socket: the server lives, and its sessions with it.
  if (replaced && isRunning(known) && known.instance && world.isAlive(known.instance)) {
    return socketLost(known, listing.socket, world);
  }
  const before =
    replaced && isRunning(known) ? serverDied(state, server, 'unknown', '', world) : nothing;
  const lives = livesOf(state, server).filter((life) => sameInstance(life.instance, instance));
  const firstSight = known.status === 'absent' && known.instance === null;
  const byId = new Map(lives.map((life) => [life.tmuxId, life]));
  const panes = gather(listing.panes);
  const events = [...before.events, ...serverEvents(known, listing, world.now)];

  for (const row of listing.sessions) {
    const life = byId.get(row.tmuxId);
    const rows = panes.get(row.tmuxId) ?? [];
    if (life) events.push(...changes(life, row.name, rows, world.now));
    else {
      const birth = birthOf(state, server, instance, row, rows, world);
      events.push(...birthEvents(birth, firstSight ? 'existing' : 'created', world.now));
    }
  }
  const present = new Set(listing.sessions.map(({ tmuxId }) => tmuxId));
  const seen = { rows: briefRows(listing.panes), exits, serverState: 'alive' as const };
  const unseen = replaced ? [] : unseenLives(state, known, instance, exits, present, world.bootId);
  const gone = [...goneFrom(lives, present), ...unseen];
  const ends = endLives(state, server, gone, seen, world);
  return {
    events: [...events, ...unseen.flatMap(unseenBirth(world.now)), ...ends.events],
    screens: [...before.screens, ...ends.screens],
    incident: ends.incident ?? before.incident,
  };
};

/** The quick listing knows only who is there: it can end lives, nothing else. */
export const compareBrief = (state: State, brief: Brief, world: Surroundings): Ends => {
  const { server, instance, rows, exits } = brief;
  const known = state.servers[server];
  if (known?.status !== 'alive' || !sameInstance(known.instance, instance)) return nothing;
  const present = new Set(rows.map(([tmuxId]) => tmuxId));
  const unseen = unseenLives(state, known, instance, exits, present, world.bootId);
  const gone = [...goneFrom(livesOf(state, server), present), ...unseen];
  const ends = endLives(state, server, gone, { rows, exits, serverState: 'alive' }, world);
  return { ...ends, events: [...unseen.flatMap(unseenBirth(world.now)), ...ends.events] };
};
