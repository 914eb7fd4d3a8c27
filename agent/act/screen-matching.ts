import type { ScreenCheck } from '../model/config/health.ts';
import type { LifeSample } from '../model/samples.ts';
import { lastScreenLines } from '../model/screen-lines.ts';
import { compilePattern, type ScreenPattern } from '../model/screen-pattern.ts';
import type { Life } from '../model/state.ts';

interface Matched {
  screen: string;
  lines: number;
  text: string;
  /** By pattern. */
  found: Map<string, boolean>;
}

/** What the configuration let through always compiles. */
const compiled = (text: string): ScreenPattern =>
  compilePattern(text).pattern ?? { test: () => false };

/** Matches patterns with screens; a screen that did not change is not matched again. */
export const createScreenMatching = () => {
  const patterns = new Map<string, ScreenPattern>();
  const matched = new Map<string, Matched>();

  const patternOf = (text: string): ScreenPattern => {
    const pattern = patterns.get(text) ?? compiled(text);
    patterns.set(text, pattern);
    return pattern;
  };

  const matchedOf = (life: string, screen: string, lines: number): Matched => {
    const known = matched.get(life);
    if (known && known.screen === screen && known.lines === lines) return known;
    const anew = { screen, lines, text: lastScreenLines(screen, lines), found: new Map() };
    matched.set(life, anew);
    return anew;
  };

  return {
    /** Asks about the screen of the first pane; null: none was seen. */
    of({ life, panes }: Life, sample: LifeSample, { lines }: ScreenCheck) {
      const screen = sample.panes.get(panes[0]?.id ?? '')?.screen;
      if (!screen) return null;
      const { text, found } = matchedOf(life, screen.text, lines);
      return (pattern: string): boolean => {
        const has = found.get(pattern) ?? patternOf(pattern).test(text);
        found.set(pattern, has);
        return has;
      };
    },
    /** Keeps nothing of other lives than these. */
    keep(lives: Readonly<Record<string, unknown>>): void {
      for (const life of matched.keys()) if (!Object.hasOwn(lives, life)) matched.delete(life);
    },
    /** The configuration is another one. */
    forget(): void {
      patterns.clear();
      matched.clear();
    },
  };
};
