/** The configuration after defaults: deeply readonly, parsed once. Times are ms, sizes bytes. */
export interface Config {
  readonly servers: Readonly<Record<string, ServerConfig>>;
  /** Whether the owner's running tmux servers are found and watched, besides the adopted ones in `servers`. */
  readonly autoAdopt: boolean;
  readonly sessions: Readonly<Record<string, SessionConfig>>;
  readonly log: LogConfig;
  readonly retention: RetentionConfig;
  readonly recovery: RecoveryConfig;
  readonly health: { readonly intervalMs: number };
}

/** A managed server is started and owned by Holdfast; an adopted one is only watched. */
export type ServerConfig =
  | { readonly kind: 'managed'; readonly tmuxConfig: string | null }
  /** `adopt`: `default`, the name of a `-L` socket, or an absolute path. */
  | { readonly kind: 'adopted'; readonly adopt: string };

export interface SessionConfig {
  /** The name of a managed server. */
  readonly server: string;
  /** Run by the server's default shell; null means an interactive shell. */
  readonly command: string | null;
  readonly cwd: string | null;
  readonly env: Readonly<Record<string, string>>;
  /** Whether it comes back after an end nobody meant. */
  readonly restart: boolean;
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
