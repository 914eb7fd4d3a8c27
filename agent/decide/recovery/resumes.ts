import type { Config } from '../../model/config/config.ts';
import type { End } from '../../model/recovery-state.ts';
import type { State } from '../../model/state.ts';

/**
 * Whether a session that is started now goes on with what was, by its `resumeCommand`. One that failed at once had nothing
 * to go on with: its `command` is run once, and after another death it is tried again.
 * @param end of the life before; absent: there was none, or a person wants it again
 */
export const resumes = (
  { recoveries }: State,
  { sessions }: Config,
  session: string,
  end: End | undefined,
): boolean => {
  if (sessions[session]?.resumeCommand === undefined) return false;
  return end ? !end.resumeFailed : (recoveries?.[session]?.ran ?? false);
};
