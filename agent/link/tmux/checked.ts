import type { ChildProcess } from 'node:child_process';
import { TmuxFailure } from '../../model/failure.ts';

/**
 * Gives back a process that was just started. Without a descriptor to spare Node starts none: what it gives
 * then has no streams, and says so a moment later.
 * @throws TmuxFailure `tmux-missing`
 */
export const checked = <P extends ChildProcess>(started: P): P => {
  if (started.stdio) return started;
  started.on('error', () => undefined);
  const message = 'cannot run tmux: no process can be started now';
  throw new TmuxFailure('tmux-missing', message, { retryable: true });
};
