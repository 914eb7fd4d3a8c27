import { lifeId, livesOf } from '../../model/life.ts';
import type { LifeSample, PaneSample, Samples, ServerSample } from '../../model/samples.ts';
import { plainScreen } from '../../model/screen/screen-text.ts';
import type { State } from '../../model/state.ts';
import type { LinkNotifications } from '../../protocol/link.ts';
import type { PaneRow } from '../../protocol/listing.ts';
import { paneCommand } from '../pane-command.ts';

/** One that was not seen before. */
export const newLife = (at: number): LifeSample => ({
  resyncs: 0,
  firstSeen: at,
  lastSeen: at,
  lastActivityAt: null,
  foreground: null,
  usage: null,
  recent: [],
  panes: new Map(),
});

const newServer: ServerSample = { resyncs: 0, processes: 0, rssBytes: 0 };

/** @param why what of the limits of its sessions is not in force, redacted; null: nothing */
export const keepLimits = (samples: Samples, server: string, why: string | null): void => {
  const known = samples.servers.get(server);
  if (known || why !== null)
    samples.servers.set(server, { ...newServer, ...known, unlimited: why });
};

const keepPane = (
  panes: Map<string, PaneSample>,
  { id, pid, historyLines }: PaneRow,
  commandOf: (pid: number) => string,
): void => {
  const known = panes.get(id);
  if (!known) {
    panes.set(id, { command: commandOf(pid), pid, historyLines, screen: null });
    return;
  }
  // Another program was begun in it (respawn-pane).
  if (known.pid !== pid) known.command = '';
  known.pid = pid;
  known.command ||= commandOf(pid);
  known.historyLines = historyLines;
};

/**
 * Keeps what a listing measures: when each life was last seen, its activity and the size of its history.
 * Samples are changed in place: a listing comes every few seconds, and almost nothing in it is new.
 */
export const keepListing = (
  samples: Samples,
  bootId: string,
  listing: LinkNotifications['server.listing'],
  commandOf: (pid: number) => string,
): void => {
  const { server, instance, panes, at } = listing;
  const commandOfPane = (pid: number): string => paneCommand(pid, instance, commandOf);
  const known = samples.servers.get(server) ?? newServer;
  samples.servers.set(server, { ...known, resyncs: known.resyncs + 1 });
  for (const [tmuxId, rows] of Map.groupBy(panes, (pane) => pane.tmuxId)) {
    const id = lifeId(bootId, instance, tmuxId);
    const sample = samples.lives.get(id) ?? newLife(at);
    sample.resyncs += 1;
    sample.lastSeen = at;
    sample.lastActivityAt = Math.max(...rows.map((row) => row.activityAt));
    for (const row of rows) keepPane(sample.panes, row, commandOfPane);
    for (const pane of sample.panes.keys()) {
      if (!rows.some((row) => row.id === pane)) sample.panes.delete(pane);
    }
    samples.lives.set(id, sample);
  }
};

/** Of one server, characters: a hundred large terminals. What a link sends must not be all the memory there is. */
const maxScreens = 2 * 1024 * 1024;

export const keepScreens = (
  samples: Samples,
  state: State,
  { server, screens }: LinkNotifications['screens'],
): void => {
  const byPane = new Map(
    screens.map(({ pane, text, shown = Infinity, takenAt }) => [
      pane,
      { text: plainScreen(text), shown, takenAt },
    ]),
  );
  // Sessions of a group share their panes.
  const panes = livesOf(state, server).flatMap(({ life }) => [
    ...(samples.lives.get(life)?.panes ?? []),
  ]);
  let left = maxScreens;
  for (const [id, { screen }] of panes) if (screen && !byPane.has(id)) left -= screen.text.length;
  for (const [id, sample] of panes) {
    const screen = byPane.get(id);
    if (!screen) continue;
    const hasRoom = screen.text.length <= left;
    sample.screen = hasRoom ? screen : null;
    if (hasRoom) left -= screen.text.length;
  }
  for (const { life } of livesOf(state, server)) {
    const seen = [...(samples.lives.get(life)?.panes.values() ?? [])];
    if (seen.some(({ screen }) => screen)) samples.screensBefore?.delete(life);
  }
};

/** Lives that are over need no samples; their records are made. */
export const forgetEnded = (samples: Samples, state: State): void => {
  for (const known of [samples.lives, samples.screensBefore ?? new Map()]) {
    for (const id of known.keys()) if (!state.lives[id]) known.delete(id);
  }
};
