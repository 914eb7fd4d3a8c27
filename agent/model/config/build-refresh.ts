import type { RefreshHow, SessionRefresh } from './refresh.ts';
import type { RefreshEntry } from './schema/refresh.ts';
import { durationOf } from './written.ts';

const howOf = (how: RefreshEntry['how'], cwd: string | null): RefreshHow => {
  if (typeof how === 'string') return { way: how };
  return 'command' in how
    ? { way: 'command', command: how.command, cwd }
    : { way: 'signal', signal: how.signal };
};

/** @param cwd of the session, where a command is run */
export const refreshOf = (entry: RefreshEntry, cwd: string | null): SessionRefresh => ({
  maxAgeMs: entry.maxAge === 'never' ? null : durationOf(entry.maxAge),
  beforeMs: durationOf(entry.before),
  how: howOf(entry.how, cwd),
  quietMs: durationOf(entry.quiet),
  timeoutMs: durationOf(entry.timeout),
  maxAttempts: entry.maxAttempts,
  windowMs: durationOf(entry.window),
  firstWaitMs: durationOf(entry.firstWait),
  screen: entry.screen,
});
