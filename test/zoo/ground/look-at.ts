import { type AttachedClient, attach } from '../../e2e/attached-client.ts';
import type { Ground } from './ground.ts';

/** Somebody's terminal that shows `session`. tmux must not take keys of ours that come quickly for pasted text. */
export const lookAt = async (ground: Ground, session: string): Promise<AttachedClient> => {
  await ground.tmux('set-option', '-t', session, 'assume-paste-time', '0');
  return attach(ground.socket, session);
};
