/** One pane of one session, from `list-panes -a`. Fields are positional to keep a listing small. */
export type BriefRow = [tmuxId: string, paneId: string, panePid: number];

/** Options by which tmux ends a session or a whole server by itself, as they are for one session. */
export interface EndingOptions {
  /** The session goes with its last client: `off`, `on`, since 3.4 also `keep-last` and `keep-group`. */
  destroyUnattached: string;
  /** The server goes when no client is attached to any session. */
  exitUnattached: boolean;
  /** The server goes with its last session. */
  exitEmpty: boolean;
}

export interface SessionRow {
  tmuxId: string;
  name: string;
  /** The user option `@holdfast`: the declared name; empty when undeclared. */
  declared: string;
  createdAt: number;
  group: string;
  attached: number;
  /** Absent: a version of tmux that does not tell. */
  options?: EndingOptions;
}

export interface PaneRow {
  id: string;
  tmuxId: string;
  pid: number;
  startTime: number;
  activityAt: number;
  historyLines: number;
  /** True where the pane was started without a command: an interactive shell. */
  shell: boolean;
}

/** What the managed server's own hook wrote when a pane's program ended. */
export interface ExitRecord {
  tmuxId: string;
  pane: string;
  pid: number;
  /** Started without a command: an interactive shell. */
  shell: boolean;
  /** It was the last pane of the session, which therefore ended with it. */
  last: boolean;
  /** The declared name of its session; empty when undeclared. */
  declared: string;
  status: number | null;
  signal: number | null;
  at: number;
}
