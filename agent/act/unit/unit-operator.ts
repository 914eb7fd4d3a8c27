import type { ActionKind, Requester, Target } from '../../model/events/action.ts';
import { RequestFailure } from '../../model/failure.ts';
import { isActedOn } from '../../model/life.ts';
import type { UnitState } from '../../model/unit-state.ts';
import { execute, must, type Outcome } from '../executor.ts';
import type { Hands } from '../hands.ts';

type UnitAction = Extract<ActionKind, `unit.${string}`>;

/** What an operator can ask for of a declared unit. All of it is systemd's to do. */
export const createUnitOperator = (hands: Hands) => {
  const control = async (
    kind: UnitAction,
    { session, server, life }: UnitState,
    by: Requester,
  ): Promise<Outcome> => {
    if (isActedOn(hands.state(), { session, server })) {
      throw new RequestFailure('already-acted-on', `something is being done to "${session}"`);
    }
    const target: Target = { server, session, life };
    return must(await execute(hands, { kind, target, reason: 'operator', by }));
  };

  /** What was restarted too often for its health is wanted again. */
  const resume = ({ session, server }: UnitState): void => {
    const target: Target = { server, session, life: null };
    const data = { decision: 'resume', reason: 'operator', target };
    hands.record([{ at: hands.now(), type: 'decision.made', data }]);
  };

  return {
    start: async (unit: UnitState, by: Requester): Promise<Outcome> => {
      const { session, status } = unit;
      if (status === 'up') throw new RequestFailure('already-running', `"${session}" is running`);
      resume(unit);
      return control('unit.start', unit, by);
    },
    stop: async (unit: UnitState, by: Requester): Promise<Outcome> => {
      if (unit.status === 'stopped') {
        throw new RequestFailure('not-running', `"${unit.session}" is not running`);
      }
      return control('unit.stop', unit, by);
    },
    restart: async (unit: UnitState, by: Requester): Promise<Outcome> => {
      resume(unit);
      return control('unit.restart', unit, by);
    },
  };
};
