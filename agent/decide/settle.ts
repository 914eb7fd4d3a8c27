import type { NewEvent } from '../model/event.ts';
import type { ActionKind, Target } from '../model/events/action.ts';
import { livesOf } from '../model/life.ts';
import type { PendingAction, State } from '../model/state.ts';

type Look = (state: State, target: Target) => boolean | null;

const serverAnswers: Look = (state, { server }) => state.servers[server]?.status === 'alive';

const isUnitUp = (state: State, { session }: Target): boolean =>
  state.units?.[session ?? '']?.status === 'up';

/** Whether the world shows that an action was carried out; null: it cannot be seen. */
const carriedOut: Record<ActionKind, Look> = {
  'session.create': (state, { server, session }) =>
    livesOf(state, server).some((life) => life.session === session),
  'session.kill': (state, { life }) => !state.lives[life ?? ''],
  'server.start': serverAnswers,
  'socket.repair': serverAnswers,
  'keys.send': () => null,
  'command.run': () => null,
  'signal.send': () => null,
  'unit.start': isUnitUp,
  'unit.stop': (state, { session }) => state.units?.[session ?? '']?.life === null,
  'unit.restart': (state, target) =>
    isUnitUp(state, target) && state.units?.[target.session ?? '']?.life !== target.life,
};

const neverConfirmed = (kind: ActionKind): string =>
  kind === 'keys.send' ? 'keys were sent and never confirmed' : 'it was never confirmed';

/**
 * After a crash nobody knows whether a requested action ran. Looks at the world, once it has been listed,
 * and settles each `done` or `lost`; never repeats one.
 */
export const settleActions = (
  state: State,
  actions: readonly PendingAction[],
  at: number,
): NewEvent[] =>
  actions.map((pending): NewEvent => {
    const { action } = pending;
    const outcome = carriedOut[pending.kind](state, pending.target);
    if (outcome === true) return { at, type: 'action.done', data: { action, settled: 'observed' } };
    const why = outcome === null ? neverConfirmed(pending.kind) : 'no effect of it can be seen';
    return {
      at,
      type: 'action.lost',
      data: { action, why: `the agent stopped before it ended: ${why}` },
    };
  });
