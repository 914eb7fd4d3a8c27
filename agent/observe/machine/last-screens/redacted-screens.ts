import { setImmediate as breathe } from 'node:timers/promises';
import type { Samples } from '../../../model/samples.ts';
import type { State } from '../../../model/state.ts';
import { inTurns } from './in-turns.ts';
import { createKeptScreens } from './kept-screens.ts';
import { screensOfPanes } from './panes.ts';
import { ofEachOwner, type PaneScreens, withRoom } from './room.ts';

export interface RedactedScreensPorts {
  samples: Samples;
  state(): Pick<State, 'lives' | 'servers'>;
  redact(text: string): string;
  /** ms, of a clock that nobody sets. */
  elapsed(): number;
}

const lengthOf = ({ fresh }: PaneScreens): number => fresh?.text.length ?? 0;

/** What has waited longest is first, of a declared session in doubt, then the shortest. */
const inOrder = (panes: readonly PaneScreens[]): PaneScreens[] =>
  panes.toSorted(
    (a, b) =>
      a.round - b.round || Number(b.declared) - Number(a.declared) || lengthOf(a) - lengthOf(b),
  );

/**
 * What panes show, redacted: each screen once, so that a stop has little to do. Where the newest one is not redacted yet the
 * one before it stands. A screen without secrets is that of the samples, not a second one.
 */
export const createRedactedScreens = (ports: RedactedScreensPorts) => {
  const { samples, state, redact, elapsed } = ports;
  const kept = createKeptScreens();
  let takenOver: Samples['screensBefore'];
  let round = 0;

  /** What the run before redacted, once. */
  const takeOver = (): void => {
    if (samples.screensBefore === takenOver) return;
    takenOver = samples.screensBefore;
    for (const [life, panes] of takenOver ?? []) {
      for (const [pane, screen] of panes) kept.put({ life, pane, screen, round: -1 });
    }
  };

  /** Lets go what is gone, or has no room. @returns what has */
  const settle = (): PaneScreens[] => {
    const having = withRoom(screensOfPanes(samples, kept, state()));
    kept.retain(having);
    return having;
  };

  /** @returns what it took, ms */
  const redactOne = ({ life, pane, fresh }: PaneScreens): number => {
    if (!fresh) return 0;
    const from = elapsed();
    const text = redact(fresh.text);
    const screen = text === fresh.text ? fresh : { ...fresh, text };
    kept.put({ life, pane, screen, round });
    return elapsed() - from;
  };

  return {
    kept,
    /**
     * Redacts what is new, and has other work done between two. No owner's screens wait for another's that take longer.
     * @param isOver asked before each with what all before it took, ms
     */
    async refresh(isOver: (spentMs: number) => boolean): Promise<void> {
      takeOver();
      round += 1;
      let [spent, last] = [0, 0];
      const fresh = settle().filter((pane) => pane.fresh);
      for (const pane of inTurns(ofEachOwner(inOrder(fresh)), () => last)) {
        if (isOver(spent)) break;
        last = redactOne(pane);
        spent += last;
        await breathe();
      }
      // Meanwhile something may have ended.
      settle();
    },
  };
};
