import type { FactBase } from './base.ts';

/** A job of systemd for a unit: it begins, and it is over with a result. */
export interface UnitJob extends FactBase {
  kind: 'unit-job';
  unit: string;
  /** `start`, `stop`, `restart`, `reload` (JOB_TYPE of systemd). */
  job: string;
  phase: 'begun' | 'finished';
  /** JOB_RESULT, such as `done`, `failed`, `timeout`; null while it goes on. */
  result: string | null;
}

/** The main process of a unit ended. */
export interface UnitExit extends FactBase {
  kind: 'unit-exit';
  unit: string;
  /** As waitid(2) has it. */
  how: 'exited' | 'killed' | 'dumped';
  /** Exit status, or the number of the signal; null: systemd says it by another name. */
  status: number | null;
}

/** How a unit ended: `success`, `exit-code`, `signal`, `oom-kill`, `timeout`, `watchdog` and more (systemd.exec(5)). */
export interface UnitResult extends FactBase {
  kind: 'unit-result';
  unit: string;
  result: string;
}

/** systemd sent a signal to a process of a unit. */
export interface UnitSignal extends FactBase {
  kind: 'unit-signal';
  unit: string;
  pid: number;
  comm: string;
  signal: string;
  /** Somebody asked for it (systemctl kill), and not that the unit is stopped. */
  onRequest: boolean;
}

/** A process of a unit was killed for want of memory, says systemd. */
export interface UnitOom extends FactBase {
  kind: 'unit-oom';
  unit: string;
  by: 'kernel' | 'oomd';
}

/** A client asked systemd itself for a reload, a reexecution and the like. */
export interface ManagerRequest extends FactBase {
  kind: 'manager-request';
  /** In small letters, such as `reload`. */
  request: string;
  pid: number;
  comm: string | null;
  unit: string | null;
}

/** systemd-oomd killed a whole cgroup. */
export interface OomdKill extends FactBase {
  kind: 'oomd-kill';
  group: string;
  reason: 'pressure' | 'swap';
}
