import type { BenignEnd } from '../../model/events/session.ts';
import { intentFor, livesOf, panesKey } from '../../model/life.ts';
import type { Life, State } from '../../model/state.ts';
import type { BriefRow, ExitRecord } from '../../protocol/listing.ts';

export type Ending =
  /** `exit`: how the program ended whose end was the session's, where the server wrote it down. */
  | { kind: 'died'; exit: ExitRecord | null }
  | { kind: 'ended'; reason: BenignEnd; intent: string | null };

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
  // One that ended as the last of another session may have been the last of this one: of a group, say.
  const over = (pane: KnownPane): boolean => exitOf(pane, exits)?.last === false;
  return life.panes.every((pane) => moved(pane) || shared(pane) || over(pane));
};

/** What came and went between two listings is known by how it ended alone: nobody looked at its panes. */
const wasListed = (state: State, { server }: Life, { tmuxId }: ExitRecord): boolean =>
  livesOf(state, server).some(
    (other) => other.tmuxId === tmuxId && other.panes.some(({ startTime }) => startTime !== 0),
  );

/** tmux counts the time of an end in whole seconds. */
const momentMs = 1000;

/** Not the last of its session, which at the same moment had another one that ended. */
const isOfMoment = (exit: ExitRecord, exits: readonly ExitRecord[]): boolean =>
  exits.some(
    (other) =>
      other !== exit && other.tmuxId === exit.tmuxId && Math.abs(other.at - exit.at) <= momentMs,
  );

/**
 * The panes known here ended in several sessions: some had been moved, and the last end of another session is no end of
 * this one, unless that is of its group, and was there too shortly to be known as such. Those that had stayed may have
 * ended in one moment.
 */
const scatteredExit = (
  state: State,
  life: Life,
  group: readonly Life[],
  ended: readonly ExitRecord[],
  exits: readonly ExitRecord[],
): ExitRecord | undefined =>
  exits.findLast((exit) => {
    if (!ended.includes(exit)) return false;
    if (group.some(({ tmuxId }) => tmuxId === exit.tmuxId)) return isOfMoment(exit, exits);
    return exit.last && !wasListed(state, life, exit);
  });

/**
 * Sessions of a group have the same panes, and the server writes an end down for one of them only. This one is
 * known by its panes; or else every pane known here ended in it. Of panes that end in one moment none is its last.
 */
const groupExit = (
  state: State,
  life: Life,
  exits: readonly ExitRecord[],
): ExitRecord | undefined => {
  // Thousands may end together, and each would look at all.
  if (exits.length === 0) return undefined;
  const group = livesOf(state, life.server).filter(
    (other) => panesKey(other.panes) === panesKey(life.panes),
  );
  const found = exits.findLast(
    ({ tmuxId, pane, last }) =>
      last &&
      group.some((mate) => mate.tmuxId === tmuxId) &&
      life.panes.some(({ id }) => id === pane),
  );
  if (found) return found;
  const ended = life.panes.flatMap((pane) => exitOf(pane, exits) ?? []);
  const [one, ...others] = ended;
  if (!one || ended.length < life.panes.length) return undefined;
  if (others.every(({ tmuxId }) => tmuxId === one.tmuxId)) {
    return (
      exits.findLast(({ tmuxId, last }) => last && tmuxId === one.tmuxId) ??
      exits.findLast((exit) => ended.includes(exit) && isOfMoment(exit, exits))
    );
  }
  return scatteredExit(state, life, group, ended, exits);
};

/** Panes that end in one moment: while tmux still counts the dead ones, none of them is its last. */
const togetherExit = (life: Life, exits: readonly ExitRecord[]): ExitRecord | undefined => {
  const ended = life.panes.map((pane) => exitOf(pane, exits));
  const all = ended.length > 0 && ended.every((exit) => exit?.tmuxId === life.tmuxId);
  return all ? exits.findLast((exit) => ended.includes(exit)) : undefined;
};

/** The server's own record of the pane whose end was the end of this session. */
const lastExit = (state: State, life: Life, exits: readonly ExitRecord[]): ExitRecord | undefined =>
  exits.findLast(({ tmuxId, last }) => last && tmuxId === life.tmuxId) ??
  togetherExit(life, exits) ??
  groupExit(state, life, exits);

/** Whether an end was meant. `rows`: who is there now, empty when the server went too. */
export const judgeEnding = (
  state: State,
  life: Life,
  rows: readonly BriefRow[],
  exits: readonly ExitRecord[],
  at: number,
): Ending => {
  const intent = intentFor(state, life, at);
  if (intent !== null) {
    const reason = state.intents[intent]?.replaces ? 'replaced' : 'intended';
    return { kind: 'ended', reason, intent };
  }
  const exit = lastExit(state, life, exits) ?? null;
  if (!exit && livesOnIn(state, life, rows, exits)) {
    return { kind: 'ended', reason: 'panes-live-on', intent: null };
  }
  if (exit?.shell && exit.signal === null && exit.status !== null) {
    return { kind: 'ended', reason: 'shell-exit', intent: null };
  }
  return { kind: 'died', exit };
};
