import type { Kernel } from '../../model/cgroup.ts';
import type { NewEvent } from '../../model/event.ts';
import type { Instance } from '../../model/events/server.ts';
import type { LifeSample, Samples } from '../../model/samples.ts';
import type { State } from '../../model/state.ts';
import type { UnitState } from '../../model/unit-state.ts';
import { newLife } from '../machine/keep-samples.ts';
import { statOf } from '../machine/procfs.ts';
import { isStopping, isUp } from './ending.ts';
import { createGroupWatches } from './group-watches.ts';
import type { Known } from './known.ts';
import { measureGroup } from './measure.ts';
import type { PastRun } from './past-run.ts';
import type { Shown } from './shown.ts';
import type { SeenUnit } from './unit-death.ts';
import { unitEvents } from './unit-events.ts';
import type { watchGroup } from './watch-group.ts';

export interface KnownUnitsPorts {
  state(): State;
  samples: Samples;
  kernel: Kernel;
  watch: typeof watchGroup;
  /** When the agent before this one was last there, ms since the epoch. */
  seenUntil: number;
  /** A cgroup that is watched has changed. */
  onChange(): void;
}

const instanceOf = (pid: number | null): Instance | null => {
  const stat = pid === null ? null : statOf(pid);
  return stat && { pid: stat.pid, startTime: stat.startTime };
};

/** Whether processes of it may be there. */
const isThere = (shown: Shown): boolean => isUp(shown) || isStopping(shown);

/** What systemd said of each declared unit last, and what was measured then. */
export const createKnownUnits = (ports: KnownUnitsPorts) => {
  const { state, samples, kernel, watch, onChange, seenUntil } = ports;
  const known = new Map<string, Known>();
  const watches = createGroupWatches(kernel.cgroup, watch, onChange);

  const declared = (): UnitState[] => Object.values(state().units ?? {});

  const sampleOf = (life: string, { measured, shown }: Known, at: number): LifeSample => {
    const sample = samples.units?.get(life) ?? newLife(at);
    if (isStopping(shown)) sample.stopping = true;
    else delete sample.stopping;
    return Object.assign(sample, { lastSeen: at, usage: measured?.usage ?? null });
  };

  const measure = (before: Known | null, shown: Shown, at: number): Known['measured'] => {
    if (!isThere(shown)) return null;
    const isSameRun = before?.shown.invocation === shown.invocation;
    const last = isSameRun ? (before?.measured ?? null) : null;
    const found = measureGroup(kernel, shown.group, last, at);
    // Its main process ended since systemd named it: how it ended is told next, and what it used was measured before.
    const isEmpty = found === null || found.usage.cgroup?.tasks === 0;
    return shown.pid !== null && isEmpty ? last : found;
  };

  const seenOf = (before: Known | null): SeenUnit => ({
    main: before?.main ?? null,
    usage: before?.measured?.usage ?? null,
    ...{ host: samples.host, recent: samples.recent },
  });

  /** The look before, of this very unit: another one may have been declared by its name. */
  const lookBefore = ({ session, unit }: UnitState): Known | null => {
    const before = known.get(session);
    return before?.shown.unit === unit ? before : null;
  };

  const lastSeen = (unit: UnitState): number =>
    lookBefore(unit)?.at ?? Math.max(unit.since, seenUntil);

  return {
    all: known as ReadonlyMap<string, Known>,
    declared,
    /** ms since the epoch. */
    lastSeen,

    /** Takes what systemd says now. @returns what that tells */
    take(unit: UnitState, shown: Shown, past: PastRun | null, at: number): NewEvent[] {
      const before = lookBefore(unit);
      const main = isThere(shown) ? instanceOf(shown.pid) : null;
      const events = unitEvents({
        ...{ state: state(), unit, now: shown, past, at },
        before: before?.shown ?? null,
        seen: seenOf(before),
        startTime: main?.startTime ?? null,
        lastSeen: lastSeen(unit),
      });
      known.set(unit.session, {
        ...{ shown, at, main },
        measured: measure(before, shown, at),
      });
      return events;
    },

    keepSamples(at: number): void {
      const kept = new Map<string, LifeSample>();
      for (const { session, life } of declared()) {
        const one = known.get(session);
        if (life !== null && one) kept.set(life, sampleOf(life, one, at));
      }
      samples.units = kept;
    },

    /** Keeps nothing of units that are no longer declared, and watches those that are there. */
    keepDeclared(): void {
      const units = declared();
      const names = new Set(units.map(({ session }) => session));
      for (const name of known.keys()) if (!names.has(name)) known.delete(name);
      const there = units.flatMap(({ session }) => known.get(session)?.shown ?? []).filter(isThere);
      watches.keep(
        there.flatMap(({ invocation, group }) =>
          group === null ? [] : [{ run: invocation, group }],
        ),
      );
    },

    stop: (): void => watches.keep([]),
  };
};
