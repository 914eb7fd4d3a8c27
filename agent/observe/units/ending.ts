import { restartsAfter, whyUnitEnded } from '../../explain/unit-end.ts';
import type { UnitEvents } from '../../model/events/unit.ts';
import type { PendingAction } from '../../model/state.ts';
import type { PastRun } from './past-run.ts';
import type { Shown } from './shown.ts';

type Ended = UnitEvents['unit.ended'];
type Ending = Pick<Ended, 'how' | 'result' | 'exit' | 'why' | 'next'>;

const isRestarting = ({ active, sub }: Shown): boolean =>
  active === 'activating' || sub.startsWith('auto-restart');

const nextOf = (now: Shown): Ended['next'] => {
  if (now.active === 'failed') return 'failed';
  return isRestarting(now) || isUp(now) ? 'restarting' : 'stopped';
};

export const isUp = ({ load, active, invocation }: Shown): boolean =>
  load === 'loaded' &&
  invocation !== '' &&
  ['active', 'reloading', 'refreshing', 'maintenance'].includes(active);

/** Still the life that was up: it is being stopped, and has not ended. */
export const isStopping = ({ active }: Shown): boolean => active === 'deactivating';

const howOf = (result: string, stopped: boolean): Ended['how'] => {
  if (stopped) return 'stopped';
  return result === 'success' ? 'finished' : 'died';
};

/**
 * There was another run since: systemd knows of that one alone. Its own restarts are counted, those of people are not; where the new
 * run is not up, or nobody looked before, what is counted may be all of the new one.
 */
const unseen = (now: Shown, before: Shown | null, past: PastRun | null): Ending => {
  if (past) {
    const { result, exit, stopped } = past;
    const how = howOf(result, stopped);
    return { how, result, exit, why: whyUnitEnded(result, exit), next: nextOf(now) };
  }
  const byItself = before !== null && isUp(now) && now.restarts > before.restarts;
  const result = 'unseen';
  return {
    ...{ how: byItself ? 'died' : 'stopped', result, exit: null },
    ...{ why: whyUnitEnded(result, null), next: nextOf(now) },
  };
};

/**
 * Whether systemd was told to stop it. It does not say so; but what it would have started again and did not was stopped,
 * unless it has started it too often already.
 */
const wasStopped = (now: Shown, before: Shown | null): boolean => {
  if (isRestarting(now)) return false;
  if (before && isStopping(before) && before.sub.startsWith('stop')) {
    return before.sub !== 'stop-watchdog';
  }
  const startedTooOften = now.restarts > (before?.restarts ?? now.restarts);
  if (startedTooOften || now.result === 'start-limit-hit') return false;
  if (restartsAfter(now.restart, now.result)) return true;
  return now.result === 'success' && now.exit?.signal !== null && now.exit?.signal !== undefined;
};

const seen = (now: Shown, before: Shown | null, past: PastRun | null): Ending => {
  const { result, exit } = now;
  const stopped = past?.stopped === true || wasStopped(now, before);
  const how = howOf(result, stopped);
  const next = nextOf(now);
  return {
    ...{ how, result, exit, why: whyUnitEnded(result, exit) },
    // systemd calls it failed where its program took a stop for an error; nobody has to mend that.
    next: stopped && next === 'failed' ? 'stopped' : next,
  };
};

/** How the life of a unit ended. @param past what the journal has of it; null: nothing. @param action of Holdfast's that is under way and ends it */
export const endingOf = (
  life: { isSame: boolean; past: PastRun | null },
  now: Shown,
  before: Shown | null,
  action: PendingAction | null,
): Ending => {
  const ending = life.isSame ? seen(now, before, life.past) : unseen(now, before, life.past);
  if (!action) return ending;
  const next = action.kind === 'unit.restart' ? 'restarting' : 'stopped';
  return { ...ending, how: 'stopped', next };
};
