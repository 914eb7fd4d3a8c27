import type { SessionStatus } from '../../model/status/session-status.ts';
import type { UnitLine } from '../../model/status/unit-line.ts';

/** By code units: localeCompare would load the collation data. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What needs a person comes first in every order, what was stopped last. */
const urgencies: readonly SessionStatus['status'][] = ['dead', 'waiting', 'up', 'stopped'];

/** The less, the more urgent. */
export const sessionUrgency = (status: SessionStatus['status']): number =>
  urgencies.indexOf(status);

/** What state of a session that of a unit is as urgent as. */
const alike: Readonly<Record<UnitLine['status'], SessionStatus['status']>> = {
  failed: 'dead',
  missing: 'dead',
  restarting: 'waiting',
  unknown: 'waiting',
  up: 'up',
  stopped: 'stopped',
};

/** On the same scale. */
export const unitUrgency = (status: UnitLine['status']): number => sessionUrgency(alike[status]);

export const byUrgency = (a: SessionStatus, b: SessionStatus): number =>
  sessionUrgency(a.status) - sessionUrgency(b.status);
