import type { Instance } from './events/server.ts';

/** A tmux server that sessions of an incident were on, as sources of evidence are asked about it. */
export interface AskedServer {
  server: string;
  instance: Instance;
  /** tmux's ids of those sessions. */
  sessions: readonly string[];
  /** It is gone as well. */
  ended: boolean;
}
