import type { ScreenSample, ScreensBefore } from '../../../model/samples.ts';
import type { State } from '../../../model/state.ts';
import { readScreens } from './screen-file.ts';
import { within } from './within.ts';

/** A machine that has just been started reads slowly; a disk that hangs must not hold the agent for longer. ms */
const limitMs = 5000;

/** Of the lives in `state`. Nothing where it cannot be read in time. The file stays: this run may end before it has written one. */
export const readLastScreens = async (path: string, { lives }: State): Promise<ScreensBefore> => {
  const screens: ScreensBefore = new Map();
  for (const [life, pane, screen] of await within(limitMs, readScreens(path), [])) {
    if (!Object.hasOwn(lives, life)) continue;
    const panes = screens.get(life) ?? new Map<string, ScreenSample>();
    screens.set(life, panes.set(pane, screen));
  }
  return screens;
};
