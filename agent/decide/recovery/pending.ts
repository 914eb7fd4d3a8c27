import type { ActionKind, Target } from '../../model/events/action.ts';
import type { State } from '../../model/state.ts';

/** Whether it is being done already. */
export const isPending = (state: State, kind: ActionKind, { server, session }: Target): boolean =>
  Object.values(state.actions).some(
    (action) =>
      action.kind === kind && action.target.server === server && action.target.session === session,
  );
