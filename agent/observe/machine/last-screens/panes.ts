import type { Samples, ScreenSample } from '../../../model/samples.ts';
import type { State } from '../../../model/state.ts';
import type { KeptScreens } from './kept-screens.ts';
import type { PaneScreens } from './room.ts';

type Known = Pick<State, 'lives' | 'servers'>;

/** Not known whose it is: nobody else's either. */
const ownerOf = ({ servers }: Known, server: string): string =>
  servers[server]?.owner ?? `the owner of ${server}`;

/** Names of the panes that are there. A life that no listing has had since the agent started may have all it had. */
const panesOf = ({ lives }: Samples, kept: KeptScreens, state: Known): Map<string, Set<string>> => {
  const panes = new Map(
    Object.keys(state.lives).map((life) => [life, new Set(lives.get(life)?.panes.keys())]),
  );
  for (const { life, pane } of kept.all()) if (!lives.has(life)) panes.get(life)?.add(pane);
  return panes;
};

/** It may be taken earlier and be the later one: the clock may have been set back. */
const isSame = (kept: ScreenSample, seen: ScreenSample | null): boolean =>
  kept.takenAt === seen?.takenAt;

/** What there is of each pane of each life. */
export const screensOfPanes = (
  samples: Samples,
  kept: KeptScreens,
  state: Known,
): PaneScreens[] => {
  const screensOf = (life: string, pane: string): PaneScreens => {
    const known = kept.get(life, pane);
    const seen = samples.lives.get(life)?.panes.get(pane)?.screen ?? null;
    const { server = '', declared = false } = state.lives[life] ?? {};
    return {
      ...{ life, pane, declared, owner: ownerOf(state, server) },
      ...{ kept: known?.screen ?? null, round: known?.round ?? -1 },
      fresh: known && known.round >= 0 && isSame(known.screen, seen) ? null : seen,
    };
  };
  return [...panesOf(samples, kept, state)].flatMap(([life, panes]) =>
    [...panes].map((pane) => screensOf(life, pane)),
  );
};
