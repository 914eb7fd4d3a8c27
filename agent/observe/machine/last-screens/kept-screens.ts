import type { ScreenSample } from '../../../model/samples.ts';
import { maxText } from './room.ts';

export interface KeptScreen {
  readonly life: string;
  readonly pane: string;
  /** Redacted. */
  readonly screen: ScreenSample;
  /** The refresh in which it was; -1: the run before did. */
  readonly round: number;
}

/** The redacted screens, one of a pane, never longer together than the file may be. */
export const createKeptScreens = () => {
  const kept = new Map<string, KeptScreen>();
  let [length, changes] = [0, 0];

  const keyOf = ({ life, pane }: { life: string; pane: string }): string => `${life} ${pane}`;
  const lengthOf = (key: string): number => kept.get(key)?.screen.text.length ?? 0;

  return {
    get: (life: string, pane: string): KeptScreen | undefined => kept.get(keyOf({ life, pane })),
    all: (): KeptScreen[] => [...kept.values()],
    /** Characters. */
    length: (): number => length,
    /** Another number after every change. */
    changes: (): number => changes,
    /** Leaves the one before where there is no room: a mark may be longer than the secret. */
    put(one: KeptScreen): void {
      const key = keyOf(one);
      const next = length - lengthOf(key) + one.screen.text.length;
      if (next > maxText) return;
      kept.set(key, one);
      length = next;
      changes += 1;
    },
    /** Lets go all but those of these panes. */
    retain(panes: readonly { life: string; pane: string }[]): void {
      const keys = new Set(panes.map(keyOf));
      for (const key of kept.keys()) {
        if (keys.has(key)) continue;
        length -= lengthOf(key);
        kept.delete(key);
        changes += 1;
      }
    },
  };
};

export type KeptScreens = ReturnType<typeof createKeptScreens>;
