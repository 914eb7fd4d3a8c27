import { mustFindLife } from '../model/find.ts';
import type { State } from '../model/state.ts';
import { readLiveScreen } from '../observe/link/live-screen.ts';
import type { LinkMethods } from '../protocol/link.ts';
import type { LiveScreen } from '../protocol/notifier.ts';

export interface CapturePorts {
  state(): State;
  /** Asks the link of the session. @throws Failure `no-link` */
  ask(params: LinkMethods['screen.capture']['params']): Promise<unknown>;
  redact(text: string, options: { screenWidth: number }): string;
  now(): number;
}

/**
 * A session's screen, asked of tmux now.
 * @throws Failure `unknown-session`, `ambiguous-session`, `not-running`, `no-link`, `tmux-refused`, `invalid-answer`
 */
export const captureScreen =
  ({ state, ask, redact, now }: CapturePorts) =>
  async (name: string): Promise<LiveScreen> => {
    const { session, server, instance, tmuxId } = mustFindLife(state(), name);
    const screen = readLiveScreen(await ask({ server, instance, tmuxId }), redact);
    return { session, ...screen, takenAt: now() };
  };
