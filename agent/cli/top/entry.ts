import type { SessionStatus } from '../../model/status/session-status.ts';
import type { StatusDocument } from '../../model/status/status.ts';
import type { UnitLine } from '../../model/status/unit-line.ts';
import { unitsServer } from '../../model/unit-state.ts';
import { sessionUrgency, unitUrgency } from '../view/session-order.ts';
import { healthCell, stateCell } from '../view/session-state.ts';
import type { Cell } from '../view/table.ts';
import { unitStateCell } from '../view/unit-state.ts';

/** What a line of the table is about. Times are ms since the epoch, sizes bytes, `cpu` a fraction of one processor. */
export interface Entry<Source = SessionStatus | UnitLine> {
  /** As the status document has it. */
  source: Source;
  name: string;
  server: string;
  /** What needs a person comes first: the least. */
  urgency: number;
  isUp: boolean;
  state: Cell;
  health: Cell;
  /** What counts towards the limit, where there is one; null: not measured. */
  memory: number | null;
  limit: number | null;
  cpu: number | null;
  startedAt: number | null;
  /** Of its last output; null: nothing is known, or it has no screen. */
  outputAt: number | null;
  /** Null: an older release, which does not say. */
  restarts: number | null;
  /** Those of Holdfast among them, where others are systemd's. */
  ownRestarts: number;
  deaths: number;
  /** What runs in it. */
  what: string;
}

export const sessionEntry = (session: SessionStatus): Entry<SessionStatus> => {
  const { status, rssBytes, memoryBytes, memoryMaxBytes = null, cpu, createdAt } = session;
  return {
    ...{ source: session, name: session.session, server: session.server },
    ...{ urgency: sessionUrgency(status), isUp: status === 'up', deaths: session.deaths },
    ...{ state: stateCell(session), health: healthCell(session) },
    ...{ memory: memoryBytes ?? rssBytes, limit: memoryMaxBytes, cpu },
    ...{ startedAt: createdAt, outputAt: session.lastActivityAt, what: session.command },
    ...{ restarts: session.restarts ?? null, ownRestarts: 0 },
  };
};

export const unitEntry = (unit: UnitLine): Entry<UnitLine> => {
  const { name, status, rssBytes, cpu, startedAt, restarts, healthRestarts, deaths } = unit;
  return {
    ...{ source: unit, name, server: unitsServer, what: unit.unit, deaths },
    ...{ urgency: unitUrgency(status), isUp: status === 'up' },
    ...{ state: unitStateCell(unit), health: healthCell(unit) },
    ...{ memory: rssBytes, limit: null, cpu, startedAt, outputAt: null },
    ...{ restarts: (restarts ?? 0) + healthRestarts, ownRestarts: healthRestarts },
  };
};

/** Sessions, and declared units beside them. */
export const entriesOf = ({ sessions, units = [] }: StatusDocument): Entry[] => [
  ...sessions.map(sessionEntry),
  ...units.map(unitEntry),
];
