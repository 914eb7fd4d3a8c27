/** The configuration after defaults: deeply readonly, parsed once. Times are ms, sizes bytes. */
export interface Config {
  readonly servers: Readonly<Record<string, ServerConfig>>;
  /** Whether the owner's running tmux servers are found and watched, besides the adopted ones in `servers`. */
  readonly autoAdopt: boolean;
  /** Whether systemd runs the managed servers, and starts them again when they die. */
  readonly serversAreUnits: boolean;
  readonly sessions: Readonly<Record<string, SessionConfig>>;
  readonly log: LogConfig;
  readonly retention: RetentionConfig;
  readonly recovery: RecoveryConfig;
  readonly health: { readonly intervalMs: number };
}

/**
 * A managed server is started and owned by Holdfast; an adopted one is only watched. `owner`: the user whose link
 * serves it; null: the first whose link ever connected.
 */
export type ServerConfig =
  | { readonly kind: 'managed'; readonly tmuxConfig: string | null; readonly owner: string | null }
  /** `adopt`: `default`, the name of a `-L` socket, or an absolute path. */
  | { readonly kind: 'adopted'; readonly adopt: string; readonly owner: string | null };

export interface SessionConfig {
  /** The name of a managed server. */
  readonly server: string;
  /** Run by the server's default shell; null means an interactive shell. */
  readonly command: string | null;
  readonly cwd: string | null;
  readonly env: Readonly<Record<string, string>>;
  /** Whether it comes back after an end nobody meant. */
  readonly restart: boolean;
  /** Absent where nothing is limited. */
  readonly limits?: SessionLimits;
}

/** What a session's cgroup is limited to; null: not limited, or as the kernel has it. Sizes in bytes. */
export interface SessionLimits {
  /** Over it the whole session is ended. */
  readonly memoryMax: number | null;
  /** Over it the session is slowed down and its memory reclaimed. */
  readonly memoryHigh: number | null;
  /** Processes and threads together. */
  readonly tasksMax: number | null;
  /** 1 to 10000; the kernel's own is 100. */
  readonly cpuWeight: number | null;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

export interface LogConfig {
  readonly level: LogLevel;
  readonly sessions: Readonly<Record<string, LogLevel>>;
}

export interface RetentionConfig {
  readonly maxAgeMs: number;
  readonly maxBytes: number;
}

/** At most `maxRestarts` within `windowMs`, then Holdfast stops and says so. */
export interface RecoveryConfig {
  readonly maxRestarts: number;
  readonly windowMs: number;
}
