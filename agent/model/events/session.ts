import type { DeathRecord } from './death.ts';
import type { Instance } from './server.ts';

/** One pane as we know it. tmux hooks lie about pids, so this map is our own. */
export interface Pane {
  /** tmux's `%id`. */
  id: string;
  pid: number;
  /** Kernel start time of the pid, clock ticks since boot; 0 when it was gone before we looked. */
  startTime: number;
  /** Started without a command: an interactive shell. */
  shell: boolean;
}

/** A session as the configuration declares it, as far as replay needs it. */
export interface Declaration {
  session: string;
  server: string;
  /** The name tmux will show: `.` and `:` become `_`. */
  tmuxName: string;
}

/**
 * One run of a session. `life` is the key: boot id, server pid and start time, tmux `$id`.
 * `session` is what the user named it (or tmux's name at first sight); a rename changes neither.
 */
export interface Birth {
  life: string;
  server: string;
  instance: Instance;
  session: string;
  tmuxId: string;
  tmuxName: string;
  declared: boolean;
  /** tmux `session_created`, ms since the epoch. */
  createdAt: number;
  panes: Pane[];
  /** tmux session group, empty when not grouped. */
  group: string;
  /** Command line of the first pane's leader, redacted, at most 200 characters. */
  command: string;
}

export type BenignEnd =
  /** Holdfast or an operator through it meant it. */
  | 'intended'
  /** Holdfast ended it to start it anew: it was unhealthy. */
  | 'replaced'
  /** The only program was an interactive shell and it exited by itself, as with Ctrl-D. */
  | 'shell-exit'
  /** The panes live on in another session: a moved window, a closed view of a group. */
  | 'panes-live-on';

export interface SessionEvents {
  'session.declared': Declaration;
  'session.undeclared': { session: string };
  'session.created': Birth;
  'supervision.started': Birth & { found: 'created' | 'existing' };
  'session.renamed': { life: string; session: string; from: string; to: string };
  'session.panes_changed': {
    life: string;
    session: string;
    panes: Pane[];
    more: number;
    /** Other lives that have these very panes since, at most 50: sessions of a group. Each has its own event, too. */
    mates?: string[];
  };
  'session.ended': {
    life: string;
    session: string;
    server: string;
    reason: BenignEnd;
    intent: string | null;
    ageMs: number;
  };
  'session.died': DeathRecord;
  'supervision.ended': {
    life: string;
    session: string;
    reason: 'died' | 'ended' | 'unwatched';
    supervisedMs: number;
  };
}
