import type { ScreenCheck } from '../../model/config/health.ts';
import type { LifeSample, ScreenSample } from '../../model/samples.ts';
import { lastScreenLines } from '../../model/screen/screen-lines.ts';
import { compilePattern, type ScreenPattern } from '../../model/screen/screen-pattern.ts';
import type { Life } from '../../model/state.ts';

interface Matched {
  screen: string;
  text: string;
  /** By pattern. */
  found: Map<string, boolean>;
}

/** What the configuration let through always compiles. */
const compiled = (text: string): ScreenPattern =>
  compilePattern(text).pattern ?? { test: () => false };

/** Matching may take so much of a second: what waits in the loop meanwhile is the news of deaths. ms */
const budgetMs = 50;

/**
 * Matches patterns with screens; a screen that did not change is not matched again. A screen may be made to take long: over
 * the budget nothing more is matched, and what was found is kept for the next look.
 * @param tick ms, of a clock that never jumps
 */
export const createScreenMatching = (tick: () => number) => {
  let spentMs = 0;
  let late = false;
  const patterns = new Map<string, ScreenPattern>();
  /** By life and how many lines. */
  const matched = new Map<string, Matched>();

  const patternOf = (text: string): ScreenPattern => {
    const pattern = patterns.get(text) ?? compiled(text);
    patterns.set(text, pattern);
    return pattern;
  };

  const matchedOf = (life: string, { text, shown }: ScreenSample, most: number): Matched => {
    const lines = Math.min(shown, most);
    const key = `${lines} ${life}`;
    const known = matched.get(key);
    if (known && known.screen === text) return known;
    const anew = { screen: text, text: lastScreenLines(text, lines), found: new Map() };
    matched.set(key, anew);
    return anew;
  };

  return {
    /** Asks about the screen of the first pane; null: none was seen. */
    of({ life, panes }: Life, sample: LifeSample, { lines }: Pick<ScreenCheck, 'lines'>) {
      const screen = sample.panes.get(panes[0]?.id ?? '')?.screen;
      if (!screen) return null;
      const { text, found } = matchedOf(life, screen, lines);
      late = false;
      return (pattern: string): boolean => {
        const known = found.get(pattern);
        if (known !== undefined) return known;
        if (spentMs > budgetMs) {
          late = true;
          return false;
        }
        const began = tick();
        const has = patternOf(pattern).test(text);
        spentMs += tick() - began;
        found.set(pattern, has);
        return has;
      };
    },
    /** Whether the last screen asked about could not be matched to the end: then it says nothing. */
    isLate: () => late,
    /** Another second begins. */
    begin(): void {
      spentMs = 0;
    },
    /** Keeps nothing of other lives than these. */
    keep(lives: Readonly<Record<string, unknown>>): void {
      for (const key of matched.keys()) {
        if (!Object.hasOwn(lives, key.slice(key.indexOf(' ') + 1))) matched.delete(key);
      }
    },
    /** The configuration is another one. */
    forget(): void {
      patterns.clear();
      matched.clear();
    },
  };
};

export type ScreenMatching = ReturnType<typeof createScreenMatching>;
