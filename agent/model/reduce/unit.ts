import type { UnitEvents } from '../events/unit.ts';
import type { State } from '../state.ts';
import type { UnitState } from '../unit-state.ts';
import { forgetBots } from './bot.ts';
import { type Handlers, increment, type Rejection } from './handler.ts';
import { forgetRecovery, release } from './recovery.ts';

const known = ({ units = {} }: State, session: string): UnitState | undefined =>
  Object.hasOwn(units, session) ? units[session] : undefined;

const put = (draft: State, unit: UnitState): void => {
  draft.units = { ...draft.units, [unit.session]: unit };
};

/** With a life ends what is known of its bots and its health. */
const forgetLife = (draft: State, { life, session }: UnitState): void => {
  if (life === null) return;
  forgetBots(draft, life);
  if (draft.health?.[session]?.life === life) delete draft.health[session];
};

/** Of a unit that is not up. */
const down = { life: null, pid: null, startTime: null, startedAt: null };

/** Only what does not run can be found to be down: an end has an event of its own. */
const settle = (
  draft: State,
  { session }: { session: string },
  status: 'failed' | 'stopped' | 'missing',
  at: number,
): Rejection | undefined => {
  const unit = known(draft, session);
  if (!unit) return 'unknown-unit';
  if (unit.life !== null) return 'wrong-status';
  put(draft, { ...unit, ...down, status, since: at });
  return undefined;
};

export const unitHandlers: Handlers<UnitEvents> = {
  'unit.declared': (draft, { at, data }) => {
    const { session, server, unit } = data;
    const before = known(draft, session);
    if (before) forgetLife(draft, before);
    // It may be another bot by now.
    delete draft.refreshes?.[session];
    put(draft, {
      ...{ session, server, unit, ...down, status: 'unknown', since: at, deaths: 0, end: null },
    });
    return undefined;
  },

  'unit.undeclared': (draft, { data: { session } }) => {
    const unit = known(draft, session);
    if (!unit) return 'unknown-unit';
    forgetLife(draft, unit);
    forgetRecovery(draft, session);
    delete draft.refreshes?.[session];
    const { [session]: _, ...others } = draft.units ?? {};
    draft.units = others;
    return undefined;
  },

  'unit.up': (draft, { at, data }) => {
    const { session, life, pid, startTime = null, startedAt } = data;
    const unit = known(draft, session);
    if (!unit) return 'unknown-unit';
    if (unit.life !== null) return 'life-exists';
    put(draft, { ...unit, status: 'up', since: at, life, pid, startTime, startedAt });
    release(draft, session);
    return undefined;
  },

  'unit.ended': (draft, { at, data }) => {
    const { session, life, how, result, exit, why, next } = data;
    const unit = known(draft, session);
    if (!unit) return 'unknown-unit';
    if (unit.life !== life) return 'unknown-life';
    forgetLife(draft, unit);
    const deaths = unit.deaths + Number(how === 'died');
    const end = { at, how, result, exit, why };
    put(draft, { ...unit, ...down, status: next, since: at, deaths, end });
    draft.counts.unitEnds ??= {};
    increment(draft.counts.unitEnds, how);
    return undefined;
  },

  // What a run wrote changes nothing.
  'unit.output': () => undefined,
  'unit.failed': (draft, { at, data }) => settle(draft, data, 'failed', at),
  'unit.down': (draft, { at, data }) => settle(draft, data, data.status, at),
};
