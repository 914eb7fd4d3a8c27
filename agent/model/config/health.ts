import type { Hours } from '../hours.ts';
import type { Severity } from '../severity.ts';

/** How the health of one session is looked at. Times are ms, sizes bytes; an absent check is not made. */
export interface SessionHealth {
  readonly intervalMs: number;
  /** After a start nothing counts for so long. */
  readonly graceMs: number;
  /** So many of the last `outOf` looks have to agree before anything changes. */
  readonly failAfter: number;
  readonly outOf: number;
  /** `restart`: recovery ends what failed and starts it again. */
  readonly onFailure: 'restart' | 'notify';
  /** How serious it is that it waits for a person. */
  readonly waitingSeverity: Severity;
  readonly checks: HealthChecks;
}

export interface HealthChecks {
  readonly output?: { readonly withinMs: number };
  readonly screen?: ScreenCheck;
  readonly http?: HttpProbe;
  readonly tcp?: TcpProbe;
  readonly command?: CommandProbe;
  readonly shell?: true;
  readonly memory?: Thresholds;
  readonly cpu?: Thresholds;
  readonly pressure?: PressureCheck;
  readonly heartbeat?: { readonly withinMs: number };
  readonly messages?: MessagesCheck;
  readonly canary?: CanaryCheck;
}

/** Patterns of RE2, matched line by line with the last lines of the screen. */
export interface ScreenCheck {
  readonly lines: number;
  readonly mustMatch: string | null;
  readonly mustNotMatch: readonly string[];
  readonly degraded: readonly string[];
  readonly waiting: readonly string[];
}

export interface HttpProbe {
  readonly url: string;
  readonly status: number;
  readonly timeoutMs: number;
}

export interface TcpProbe {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}

export interface CommandProbe {
  /** Run by /bin/sh, in the directory of the session. */
  readonly run: string;
  readonly cwd: string | null;
  readonly timeoutMs: number;
}

/** At or above; null: never. */
export interface Thresholds {
  readonly degraded: number | null;
  readonly failed: number | null;
}

/** Pressure of the machine, `some avg10` in percent. */
export interface PressureCheck extends Thresholds {
  readonly of: 'cpu' | 'memory' | 'io';
}

/** Bots of the session receive so many messages; `hours` null: at any time, `bot` null: all of them together. */
export interface MessagesCheck {
  readonly withinMs: number;
  readonly atLeast: number;
  readonly hours: Hours | null;
  readonly bot: string | null;
}

/** A message that a command sends arrives. */
export interface CanaryCheck {
  /** As that of `CommandProbe`. */
  readonly run: string;
  readonly cwd: string | null;
  readonly everyMs: number;
  /** From when it was sent. */
  readonly timeoutMs: number;
  readonly expect: 'received' | 'answered';
  readonly hours: Hours | null;
  readonly bot: string | null;
}
