/** How a bot is connected to its service, as it says itself. */
export type BotConnection =
  | 'connecting'
  /** It waits for somebody to log it in. */
  | 'needs-login'
  | 'ready'
  /** It works, and not all of it. */
  | 'degraded'
  | 'disconnected'
  /** Its login was ended from outside. */
  | 'logged-out';

export type BotNeed = 'qr' | 'code' | 'login';

/** Which bot: of a life of a session, by the kernel's word, never by its own. */
export interface BotRef {
  session: string;
  server: string;
  life: string;
  /** What it calls itself among the bots of its session; empty: the only one. */
  bot: string;
}

/** When its login with the service was made, renewed and ends, ms since the epoch; null: not known. */
export interface BotLogin {
  createdAt: number | null;
  refreshedAt: number | null;
  expiresAt: number | null;
}

/** What bots say of themselves. Each kind is told only so often of one bot. */
export interface BotEvents {
  'bot.connection_changed': BotRef & {
    /** Null: it was not known, or the bot does not say. */
    from: BotConnection | null;
    to: BotConnection | null;
    /** In the bot's own words, redacted, at most 200 characters. */
    why: string;
    /** What somebody has to do before it can go on; null: nothing. What it takes for that is never stored. */
    needs: BotNeed | null;
    /** Changes before this one that are not in the log, because there were too many. */
    leftOut: number;
    /** Said by a program that ended right after, as `holdfast heartbeat`: its silence says nothing. Absent: it speaks itself. */
    passing?: true;
  };
  'bot.session_changed': BotRef & BotLogin;
  'bot.error': BotRef & {
    /** Redacted, at most 100 characters. */
    name: string;
    /** Redacted, at most 500 characters. */
    message: string;
    /** Its errors since `startedAt`. */
    count: number;
    /** Since when its process counts, ms since the epoch. */
    startedAt: number;
    /** Errors before this one that are not in the log. */
    leftOut: number;
  };
  /** Told only while its session goes on: with it ends what is in it. */
  'bot.lost': BotRef & {
    /** `closed`: its connection ended, and it did not come back; `silent`: nothing is heard of it any more. */
    how: 'closed' | 'silent';
    /** When it was last heard, ms since the epoch; null: not since the agent started. */
    lastAt: number | null;
  };
}
