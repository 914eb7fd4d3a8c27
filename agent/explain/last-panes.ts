import type { DeadPane, DeathRecord } from '../model/events/death.ts';

/** The panes whose end may have been that of the session: its exit is known by how, not by which. */
export const lastPanes = ({ exit, panes }: DeathRecord): readonly DeadPane[] =>
  panes.filter(
    (pane) => pane.exit && pane.exit.status === exit?.status && pane.exit.signal === exit?.signal,
  );
