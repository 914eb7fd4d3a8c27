import type { PlannedAction } from '../decide/recovery/decision.ts';
import { planRecovery } from '../decide/recovery/plan.ts';
import type { State } from '../model/state.ts';
import { unitsServer } from '../model/unit-state.ts';
import { endSession } from './end-session.ts';
import { execute } from './executor.ts';
import type { Hands } from './hands.ts';
import { self } from './self.ts';

/** The cause an action answers: the newest incident that took its target. What units die of is answered by systemd. */
const traceFor = (state: State, server: string, session: string | null): string | undefined => {
  if (server === unitsServer) return undefined;
  return Object.values(state.incidents).findLast(
    (incident) =>
      incident.server === server && (session === null || incident.sessions.includes(session)),
  )?.trace;
};

/** What is due later is seen by a look that comes anyway, ms. */
const longestWaitMs = 60_000;

/** Carries out what `decide` plans, each time something happened. */
export const createRecovery = (
  hands: Hands,
  observed: ReadonlySet<string>,
  untilEnded: (life: string, limitMs: number) => Promise<boolean>,
  onTrouble: (what: string, cause: unknown) => void,
  isStopping?: (life: string) => boolean,
) => {
  let asked = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  /** Time alone may make something due: a look that comes anyway may be seconds late. */
  const wakeUpAt = (at: number | null, now: number): void => {
    clearTimeout(timer);
    if (at === null || at - now > longestWaitMs) return;
    timer = setTimeout(carryOut, Math.max(0, at - now));
    timer.unref();
  };

  const carryOut = (): void => {
    asked = false;
    if (stopped) return;
    try {
      carryOutPlan();
    } catch (cause) {
      onTrouble('what to bring back cannot be planned', cause);
    }
  };

  const carryOutAction = async (state: State, action: PlannedAction): Promise<unknown> => {
    const { server, session, life } = action.target;
    if (action.kind === 'session.kill') {
      const living = state.lives[life ?? ''];
      return living && endSession(hands, untilEnded, living, { by: self(), reason: 'unhealthy' });
    }
    const trace = traceFor(state, server, session);
    const after = state.ends[session ?? ''];
    return execute(hands, { ...action, ...(trace && { trace }), ...(after && { after }) });
  };

  const carryOutPlan = (): void => {
    const state = hands.state();
    const now = hands.now();
    // What cannot be tried now is not counted as tried.
    const served = new Set([...observed].filter(hands.isServed));
    const { events, actions, wakeAt } = planRecovery(
      state,
      hands.config(),
      served,
      now,
      isStopping,
    );
    wakeUpAt(wakeAt, now);
    for (const event of events) {
      const target = event.type === 'decision.made' ? event.data.target : null;
      hands.record([event], target ? traceFor(state, target.server, target.session) : undefined);
    }
    for (const action of actions) {
      carryOutAction(state, action).catch((cause: unknown) =>
        onTrouble(`${action.kind} failed`, cause),
      );
    }
  };

  return {
    /** Plans once for all that happens within this turn of the event loop. */
    consider(): void {
      if (asked || stopped) return;
      asked = true;
      setImmediate(carryOut);
    },
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
