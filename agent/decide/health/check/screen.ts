import type { ScreenCheck } from '../../../model/config/health.ts';
import { type Check, found, isFresh } from '../check.ts';

/** What the screen says; the gravest first, but for a question: what is asked explains what else is there. */
export const screen: Check<ScreenCheck> = (
  seen,
  { mustMatch, mustNotMatch, degraded, waiting },
) => {
  const { screenHas } = seen;
  if (!screenHas || !isFresh(seen)) return null;
  const shown = (patterns: readonly string[]) => patterns.find(screenHas);
  const asked = shown(waiting);
  if (asked !== undefined) return found('waiting', `its screen asks: /${asked}/`);
  const refused = shown(mustNotMatch);
  if (refused !== undefined) return found('failed', `its screen says /${refused}/`);
  if (mustMatch !== null && !screenHas(mustMatch)) {
    return found('failed', `its screen does not say /${mustMatch}/`);
  }
  const doubtful = shown(degraded);
  if (doubtful !== undefined) return found('degraded', `its screen says /${doubtful}/`);
  return found('ok', 'its screen says nothing else');
};
