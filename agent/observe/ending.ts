import type { BriefRow, ExitRecord } from '../api/link-protocol.ts';
import type { BenignEnd } from '../model/events/session.ts';
import { intentFor, livesOf } from '../model/life.ts';
import type { Life, State } from '../model/state.ts';

export type Ending = { kind: 'died' } | { kind: 'ended'; reason: BenignEnd; intent: string | null };

type KnownPane = Life['panes'][number];

const exitOf = ({ id, pid }: KnownPane, exits: readonly ExitRecord[]): ExitRecord | undefined =>
  exits.findLast((exit) => exit.pane === id && exit.pid === pid);

/**
 * Whether the session was closed around panes that live on elsewhere. The list of its panes may be seconds
 * old, so those that ended by themselves before, or belong to a session that is still there, do not count.
 */
const livesOnIn = (
  state: State,
  life: Life,
  rows: readonly BriefRow[],
  exits: readonly ExitRecord[],
): boolean => {
  const moved = ({ id, pid }: KnownPane): boolean =>
    rows.some(
      ([tmuxId, pane, panePid]) => pane === id && panePid === pid && tmuxId !== life.tmuxId,
    );
  if (!life.panes.some(moved)) return false;
  const present = new Set(rows.map(([tmuxId]) => tmuxId));
  const sharing = livesOf(state, life.server).filter(({ tmuxId }) => present.has(tmuxId));
  const shared = ({ id }: KnownPane): boolean =>
    sharing.some(({ panes }) => panes.some((pane) => pane.id === id));
  return life.panes.every((pane) => moved(pane) || shared(pane) || exitOf(pane, exits));
};

/** The server's own record of the pane whose end was the end of this session. */
const ownExit = (life: Life, exits: readonly ExitRecord[]): ExitRecord | undefined =>
  exits.findLast(({ tmuxId, last }) => last && tmuxId === life.tmuxId);

/**
 * Sessions of a group share their windows, and the server writes the end of a pane down for one of them:
 * when every pane known here ended, the last end of that session was the end of this one too.
 */
const sharedExit = (life: Life, exits: readonly ExitRecord[]): ExitRecord | undefined => {
  const ended = life.panes.map((pane) => exitOf(pane, exits));
  if (ended.length === 0 || ended.includes(undefined)) return undefined;
  const written = new Set(ended.map((exit) => exit?.tmuxId));
  return exits.findLast(({ tmuxId, last }) => last && written.has(tmuxId));
};

/** How the program ended whose end was the session's, where the server wrote it down. */
export const lastExit = (life: Life, exits: readonly ExitRecord[]): ExitRecord | undefined =>
  ownExit(life, exits) ?? sharedExit(life, exits);

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
  if (!ownExit(life, exits) && livesOnIn(state, life, rows, exits))
    return { kind: 'ended', reason: 'panes-live-on', intent: null };
  const exit = lastExit(life, exits);
  if (exit?.shell && exit.signal === null && exit.status !== null) {
    return { kind: 'ended', reason: 'shell-exit', intent: null };
  }
  return { kind: 'died' };
};
