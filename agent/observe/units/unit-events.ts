import { whyUnitEnded } from '../../explain/unit-end.ts';
import type { NewEvent } from '../../model/event.ts';
import type { UnitRef } from '../../model/events/unit.ts';
import type { PendingAction, State } from '../../model/state.ts';
import { type UnitState, unitLife } from '../../model/unit-state.ts';
import { endingOf, isStopping, isUp } from './ending.ts';
import type { PastRun } from './past-run.ts';
import type { Shown } from './shown.ts';
import { openDeath, type SeenUnit } from './unit-death.ts';

interface Look {
  state: State;
  unit: UnitState;
  now: Shown;
  /** The look before; null: there was none since the agent started. */
  before: Shown | null;
  /** What was seen of it then. */
  seen: SeenUnit;
  /** Of the main process that systemd names now, clock ticks since boot; null: it is gone. */
  startTime: number | null;
  /** How the run ended, as the journal has it: one that systemd forgot, or one that failed; null: nothing. */
  past: PastRun | null;
  /** When that was, ms since the epoch. */
  lastSeen: number;
  at: number;
}

const refOf = ({ session, server, unit }: UnitState): UnitRef => ({ session, server, unit });

const lifeIn = ({ invocation }: Shown): string | null =>
  invocation === '' ? null : unitLife(invocation);

/** Whether there was another run of it since, up or not: how the one before ended systemd has forgotten. */
export const isReplaced = ({ life }: UnitState, now: Shown): boolean =>
  life !== null && now.load === 'loaded' && lifeIn(now) !== null && lifeIn(now) !== life;

/** Whether it failed, and is not started again: a program that is told to end may end so, too. */
export const mayHaveBeenStopped = ({ life }: UnitState, now: Shown): boolean =>
  life !== null && life === lifeIn(now) && now.active === 'failed';

/** What Holdfast itself does to it. */
const actionOn = ({ actions }: Look['state'], session: string): PendingAction | null =>
  Object.values(actions).find(
    ({ kind, target }) =>
      target.session === session && (kind === 'unit.stop' || kind === 'unit.restart'),
  ) ?? null;

const isOver = ({ unit, now }: Look): boolean =>
  unit.life !== null &&
  !(unit.life === lifeIn(now) && now.load === 'loaded' && (isUp(now) || isStopping(now)));

const ended = (look: Look): NewEvent[] => {
  const { state, unit, now, before, seen, past, lastSeen, at } = look;
  const { life } = unit;
  if (life === null || !isOver(look)) return [];
  const action = actionOn(state, unit.session);
  const isSame = life === lifeIn(now);
  const ending = endingOf({ isSame, past }, now, before, action);
  const ageMs = Math.max(0, at - (unit.startedAt ?? unit.since));
  const data = {
    ...refOf(unit),
    life,
    ...ending,
    action: action?.action ?? null,
    ageMs,
    lastSeen,
  };
  const about = { at, next: ending.next, watched: before ? 'live' : 'agent-down' } as const;
  // What systemd says of another run is none of it.
  const end = { exitedAt: (isSame ? now.exitedAt : past?.endedAt) ?? null };
  const found =
    ending.how === 'died' ? openDeath(state, { ...unit, life }, seen, end, about) : null;
  if (!found) return [{ at, type: 'unit.ended', data }];
  const { opening, death } = found;
  const trace = opening[0]?.trace;
  return [
    ...opening,
    { at, type: 'unit.ended', data: { ...data, death }, ...(trace ? { trace } : {}) },
  ];
};

const up = (look: Look): NewEvent[] => {
  const { unit, now, at } = look;
  const life = lifeIn(now);
  if (life === null || !isUp(now) || (unit.life !== null && !isOver(look))) return [];
  const data = {
    ...refOf(unit),
    life,
    pid: now.pid,
    startTime: look.startTime,
    startedAt: now.activeSince ?? at,
  };
  return [{ at, type: 'unit.up', data }];
};

/** Whether systemd gave it up since it was looked at: what stays failed is told once. */
const isNewlyFailed = ({ unit, now, before }: Look, wasStopped: boolean): boolean => {
  if (now.load !== 'loaded' || now.active !== 'failed' || wasStopped) return false;
  if (unit.status === 'failed') return false;
  if (before === null) return unit.status !== 'stopped';
  return before.active !== 'failed' || before.invocation !== now.invocation;
};

const failed = (look: Look, wasStopped: boolean): NewEvent[] => {
  const { unit, now, at } = look;
  if (!isNewlyFailed(look, wasStopped)) return [];
  const { result, exit } = now;
  const data = { ...refOf(unit), result, why: whyUnitEnded(result, exit) };
  return [{ at, type: 'unit.failed', data }];
};

/** It does not run, and that is no news of an end. */
const down = ({ unit, now, at }: Look): NewEvent[] => {
  const status = now.load === 'missing' ? 'missing' : 'stopped';
  const isDown = now.load === 'missing' || now.active === 'inactive';
  if (!isDown || unit.status === status) return [];
  const why =
    status === 'missing'
      ? 'systemd has no unit of this name, or it is another name of a unit'
      : 'it does not run, and systemd is not about to start it';
  return [{ at, type: 'unit.down', data: { ...refOf(unit), status, why } }];
};

/** What a look at a unit comes to: what is not in the log yet. */
export const unitEvents = (look: Look): NewEvent[] => {
  const ends = ended(look);
  const end = ends.at(-1);
  const settled = end?.type === 'unit.ended' && end.data.next === 'stopped';
  const isMissing = look.now.load === 'missing';
  return [
    ...ends,
    ...up(look),
    ...failed(look, settled),
    ...(settled && !isMissing ? [] : down(look)),
  ];
};
