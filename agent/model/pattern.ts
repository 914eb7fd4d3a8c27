/** In what ends of the same kind agree. */
export type TraitKind =
  | 'killer'
  | 'time-of-day'
  | 'interval'
  | 'age'
  | 'output'
  | 'command'
  | 'packages'
  | 'memory';

/** `always within 5 minutes of 05:20`: what others wrote is in it, printable and short. */
export interface Trait {
  kind: TraitKind;
  text: string;
}

/** How the same came about before. Times are those of the agent's machine. */
export interface Pattern {
  /** How often within 30 days, this time included: at least 2. */
  count: number;
  /** When the first of these was, ms since the epoch. */
  since: number;
  /** One line: `Third time in 6 days, always at 05:20, always by cleanup.sh (cron.service)`. */
  text: string;
  /** Whether those sessions died of nothing else since then. */
  sameCause: boolean;
  /** What at least three of them have in common, and chance does not explain; the most telling first. */
  traits: Trait[];
  /** What would prevent it, one sentence, with a command where there is one. Null: nothing known here would. */
  prevention: string | null;
}
