import type { Pane } from '../../../agent/model/events/session.ts';
import { emptySamples } from '../../../agent/model/samples.ts';
import type { World } from '../../../agent/observe/life/world.ts';
import type { LinkNotifications } from '../../../agent/protocol/link.ts';
import type { BriefRow, ExitRecord, PaneRow, SessionRow } from '../../../agent/protocol/listing.ts';
import { bootId, born, instance, pane, socket } from '../model/sample.ts';

export const now = born + 60_000;

export const world = (changes: Partial<World> = {}): World => ({
  samples: emptySamples(),
  now,
  bootId,
  linkSince: born,
  redact: (text) => text.replaceAll('secret', '***'),
  commandOf: (pid) => `program ${pid} secret`,
  isAlive: () => true,
  ...changes,
});

export const row = (tmuxId: string, n: number): BriefRow => [tmuxId, `%${n}`, 1000 + n];

/** A shell that exited by itself as the last of its session. */
export const exit = (tmuxId: string, n: number, changes: Partial<ExitRecord> = {}): ExitRecord => ({
  ...{ tmuxId, pane: `%${n}`, pid: 1000 + n, shell: true, last: true },
  ...{ declared: '', status: 0, signal: null, at: now },
  ...changes,
});

export const paneRow = (tmuxId: string, { id, pid, startTime, shell }: Pane): PaneRow => ({
  ...{ id, tmuxId, pid, startTime, shell, activityAt: now - 5000, historyLines: 12 },
});

export const session = (
  n: number,
  name: string,
  changes: Partial<SessionRow> = {},
): SessionRow => ({
  ...{ tmuxId: `$${n}`, name, declared: '', createdAt: born, group: '', attached: 0 },
  ...changes,
});

type Listing = LinkNotifications['server.listing'];

/** A listing of the server `main`: session `$N` has the pane `%N`, unless told otherwise. */
export const listing = (sessions: SessionRow[], changes: Partial<Listing> = {}): Listing => ({
  ...{ server: 'main', instance, socket, version: '3.5a', at: now, sessions, exits: [] },
  panes: sessions.map(({ tmuxId }) => paneRow(tmuxId, pane(Number(tmuxId.slice(1))))),
  ...changes,
});

export const brief = (
  rows: BriefRow[],
  exits: ExitRecord[] = [],
): LinkNotifications['server.brief'] => ({
  ...{ server: 'main', instance, at: now, rows, exits },
});
