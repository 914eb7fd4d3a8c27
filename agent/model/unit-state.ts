import type { UnitEvents, UnitRef } from './events/unit.ts';

/**
 * How a declared unit is, as the log knows it. `unknown`: not looked at yet; `restarting`: systemd starts it again by
 * itself; `failed`: systemd has given it up; `missing`: systemd has no such unit.
 */
export type UnitStatus = 'unknown' | 'up' | 'restarting' | 'stopped' | 'failed' | 'missing';

export interface UnitState extends UnitRef {
  status: UnitStatus;
  /** Since when it is so, ms since the epoch. */
  since: number;
  /** The run that is up; null: none. */
  life: string | null;
  pid: number | null;
  /** Of that process, clock ticks since boot; null or absent: not known. */
  startTime?: number | null;
  /** ms since the epoch; null while it is not up. */
  startedAt: number | null;
  /** Ends that nobody meant, since it was declared. */
  deaths: number;
  /** How it ended last; null: it has not. */
  end: UnitEnd | null;
}

export type UnitEnd = { at: number } & Pick<
  UnitEvents['unit.ended'],
  'how' | 'result' | 'exit' | 'why'
>;

/**
 * Where a tmux server is named beside a session, this stands beside a unit. It is no name of a server
 * (`agent/model/config/shapes.ts`), so nobody's socket can pass for it.
 */
export const unitsServer = 'systemd.system';

/** What systemd calls the run of that key. */
export const invocationOf = (life: string): string => life.slice('unit:'.length);

/** The key of a run of a unit. */
export const unitLife = (invocation: string): string => `unit:${invocation}`;
