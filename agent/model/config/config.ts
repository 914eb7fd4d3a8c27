import type { DayHours } from '../hours.ts';
import type { Severity } from '../severity.ts';
import type { SessionHealth } from './health.ts';
import type { SessionRefresh } from './refresh.ts';

/** The configuration after defaults: deeply readonly, parsed once. Times are ms, sizes bytes. */
export interface Config {
  readonly servers: Readonly<Record<string, ServerConfig>>;
  /** Whether the owner's running tmux servers are found and watched, besides the adopted ones in `servers`. */
  readonly autoAdopt: boolean;
  /** Whether systemd runs the managed servers, and starts them again when they die. */
  readonly serversAreUnits: boolean;
  readonly sessions: Readonly<Record<string, SessionConfig>>;
  /** Bots that are units of systemd; absent: none is declared. */
  readonly units?: Readonly<Record<string, UnitConfig>>;
  readonly log: LogConfig;
  readonly retention: RetentionConfig;
  readonly recovery: RecoveryConfig;
  readonly health: { readonly intervalMs: number };
  readonly alerts: AlertsConfig;
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
  /** After which ends it comes back. */
  readonly restart: Restart;
  /** Run instead of `command` each time but the first; absent: `command` is. */
  readonly resumeCommand?: string;
  /** Sessions that are up before it is started; absent: none. */
  readonly after?: readonly string[];
  /** Where it differs from that of all. */
  readonly recovery?: RecoveryPolicy;
  /** How much its death matters beside that of others; absent: `normal`. */
  readonly importance?: Importance;
  /** Absent where nothing is limited. */
  readonly limits?: SessionLimits;
  /** How it is looked at beyond that it is there; absent: not at all. */
  readonly health?: SessionHealth;
  /** How the login of its bot is kept from running out; absent: it is not. */
  readonly refresh?: SessionRefresh;
}

/** A unit of systemd that is watched, and restarted where its health fails or its login runs out. */
export interface UnitConfig {
  /** Such as `telegram-gateway.service`. */
  readonly unit: string;
  /** Absent: it is not looked at beyond that it runs. */
  readonly health?: SessionHealth;
  /** How the login of its bot is kept from running out, by restarts; absent: it is not. */
  readonly refresh?: SessionRefresh;
  /** Where it differs from that of all. */
  readonly recovery?: RecoveryPolicy;
}

/**
 * `on-failure`: after an end nobody meant, but not when its program exits with status 0. `always`: then too. An end that
 * somebody asked Holdfast for is never undone.
 */
export type Restart = 'always' | 'on-failure' | 'never';

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

/** At most `maxRestarts` within `windowMs`, then the breaker opens: Holdfast stops and says so. */
export interface RecoveryPolicy {
  readonly maxRestarts: number;
  readonly windowMs: number;
  /** Before the second restart in a row; each further one waits twice as long. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Up and well for so long, it has recovered. */
  readonly steadyAfterMs: number;
  /** An open breaker tries once after so long; null: never by itself. */
  readonly probeAfterMs: number | null;
}

export interface RecoveryConfig extends RecoveryPolicy {
  /** Sessions being started at a time, and within a second. */
  readonly atOnce: number;
}

export type Importance = 'high' | 'normal' | 'low';

/** What people are told, and where. Secrets are not here: `…Credential` names a file that holds one. */
export interface AlertsConfig {
  /** How often something that goes on is told again. */
  readonly repeatMs: number;
  /** Only what is critical is told within them, each day; they are no whole day. Null: there are none. */
  readonly quietHours: DayHours | null;
  readonly telegram: TelegramConfig;
  readonly webhooks: Readonly<Record<string, WebhookConfig>>;
  readonly ntfy: Readonly<Record<string, NtfyConfig>>;
  readonly commands: Readonly<Record<string, CommandConfig>>;
  /** Pinged for as long as Holdfast can do its job; null: nobody is. */
  readonly deadman: DeadmanConfig | null;
}

/** An address that is a secret, as many are, comes from a credential: exactly one of the two is not null. */
export interface Address {
  readonly url: string | null;
  readonly urlCredential: string | null;
}

/** What every channel has. */
export interface ChannelConfig {
  /** What is less serious is not told there. */
  readonly minSeverity: Severity;
  /** Whether alerts have the last lines of screens there. */
  readonly screens: boolean;
}

/** In use where there is a credential `telegram-token`. */
export interface TelegramConfig extends ChannelConfig {
  readonly apiRoot: string;
  /** `http://HOST:PORT`; null: none. */
  readonly proxy: string | null;
  /** Besides: whether people may ask for screens. */
  readonly screens: boolean;
}

export interface WebhookConfig extends Address, ChannelConfig {
  /** Standard Webhooks, `whsec_…`; null: not signed. */
  readonly secretCredential: string | null;
}

export interface NtfyConfig extends Address, ChannelConfig {
  readonly tokenCredential: string | null;
}

export interface CommandConfig extends ChannelConfig {
  /** Run by /bin/sh; the alert is on its standard input, as JSON. */
  readonly command: string;
}

export interface DeadmanConfig extends Address {
  readonly intervalMs: number;
}
