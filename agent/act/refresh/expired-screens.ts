import type { SessionRefresh } from '../../model/config/refresh.ts';
import type { RefreshNotes } from '../../model/refresh.ts';
import type { LifeSample } from '../../model/samples.ts';
import type { Life } from '../../model/state.ts';
import type { ScreenMatching } from '../health/screen-matching.ts';

/** So many of the last lines of a screen are looked at, as of the health check. */
const lines = 24;

/**
 * Whether screens say that a login has run out. What stood there when it was renewed may stand there for long: it counts again
 * once it was gone.
 */
export const createExpiredScreens = (screens: ScreenMatching) => {
  const said = new Map<string, boolean>();
  /** Lives, by when they were renewed, whose screens have not changed their word since. */
  const stale = new Map<string, number>();
  const renewals = new Map<string, number>();

  const says = (life: Life, sample: LifeSample, patterns: readonly string[]): boolean => {
    const has = screens.of(life, sample, { lines });
    const found = has !== null && patterns.some(has);
    // What could not be matched in time is as it was.
    if (has === null || !screens.isLate()) said.set(life.life, found);
    return said.get(life.life) ?? false;
  };

  return {
    on(life: Life, sample: LifeSample, policy: SessionRefresh, notes: RefreshNotes): boolean {
      if (policy.screen.length === 0) return false;
      const { life: id } = life;
      const renewedAt = notes.renewed?.life === id ? notes.renewed.at : null;
      if (renewedAt !== null && renewals.get(id) !== renewedAt) {
        renewals.set(id, renewedAt);
        stale.set(id, renewedAt);
      }
      const isSaid = says(life, sample, policy.screen);
      if (!isSaid) stale.delete(id);
      return isSaid && !stale.has(id);
    },
    /** Keeps nothing of other lives than these. */
    keep(lives: Readonly<Record<string, unknown>>): void {
      for (const map of [said, stale, renewals]) {
        for (const life of map.keys()) if (!Object.hasOwn(lives, life)) map.delete(life);
      }
    },
  };
};
