import type { ScreenSample } from '../../../model/samples.ts';
import { inTurns } from './in-turns.ts';

/** All of it, characters: a few hundred terminals. It bounds the file and what is kept in memory of it. */
export const maxText = 8 * 1024 * 1024;

/** What there is of a pane that is there. */
export interface PaneScreens {
  readonly life: string;
  readonly pane: string;
  readonly owner: string;
  readonly declared: boolean;
  /** Redacted; null: none was yet. */
  readonly kept: ScreenSample | null;
  /** When it was, see `KeptScreen`; -1: never by this run. */
  readonly round: number;
  /** Not redacted yet; null: the one kept is it. */
  readonly fresh: ScreenSample | null;
}

const takenAt = ({ kept, fresh }: PaneScreens): number => (fresh ?? kept)?.takenAt ?? 0;

/** The panes of each owner, in their order. */
export const ofEachOwner = (panes: readonly PaneScreens[]): PaneScreens[][] => [
  ...Map.groupBy(panes, ({ owner }) => owner).values(),
];

/** Declared sessions first, then the newest: what has no room is at the end. */
const inOrder = (panes: readonly PaneScreens[]): PaneScreens[] =>
  panes.toSorted((a, b) => Number(b.declared) - Number(a.declared) || takenAt(b) - takenAt(a));

const fitting = (pane: PaneScreens, left: number): PaneScreens | null => {
  const { kept, fresh } = pane;
  if (fresh && fresh.text.length <= left) return pane;
  // The older one says more than nothing.
  return kept && kept.text.length <= left ? { ...pane, fresh: null } : null;
};

const lengthOf = ({ kept, fresh }: PaneScreens): number => (fresh ?? kept)?.text.length ?? 0;

/** Those that have room: no owner's screens take it from those of others. */
export const withRoom = (panes: readonly PaneScreens[]): PaneScreens[] => {
  let left = maxText;
  const having: PaneScreens[] = [];
  for (const pane of inTurns(ofEachOwner(inOrder(panes)), lengthOf)) {
    const fit = fitting(pane, left);
    if (!fit) continue;
    left -= lengthOf(fit);
    having.push(fit);
  }
  return having;
};
