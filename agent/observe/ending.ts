import type { BriefRow, ExitRecord } from '../api/link-protocol.ts';
import type { BenignEnd } from '../model/events/session.ts';
import { intentFor } from '../model/life.ts';
import type { Life, State } from '../model/state.ts';

export type Ending = { kind: 'died' } | { kind: 'ended'; reason: BenignEnd; intent: string | null };

const livesOnIn = (life: Life, rows: readonly BriefRow[]): boolean =>
  life.panes.length > 0 &&
  life.panes.every(({ id, pid }) =>
    rows.some(
      ([tmuxId, pane, panePid]) => pane === id && panePid === pid && tmuxId !== life.tmuxId,
    ),
  );

/** The server's own record of the pane whose end was the end of this session. */
export const lastExit = (life: Life, exits: readonly ExitRecord[]): ExitRecord | undefined =>
  exits.findLast(({ tmuxId, last }) => last && tmuxId === life.tmuxId);

/** Whether an end was meant. `rows`: who is there now, empty when the server went too. */
export const judgeEnding = (
  state: State,
  life: Life,
  rows: readonly BriefRow[],
  exits: readonly ExitRecord[],
  at: number,
): Ending => {
  const intent = intentFor(state, life, at);
  if (intent !== null) return { kind: 'ended', reason: 'intended', intent };
  if (livesOnIn(life, rows)) return { kind: 'ended', reason: 'panes-live-on', intent: null };
  const exit = lastExit(life, exits);
  if (exit?.shell && exit.signal === null && exit.status !== null) {
    return { kind: 'ended', reason: 'shell-exit', intent: null };
  }
  return { kind: 'died' };
};
