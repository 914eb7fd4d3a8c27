import type { Breaker } from '../breaker.ts';
import type { UnitState } from '../unit-state.ts';
import type { BotStatus } from './bot-status.ts';
import type { HealthLine } from './health-line.ts';
import type { RefreshLine } from './refresh-line.ts';

/** A declared unit; what is measured is null while nothing is. */
export interface UnitLine
  extends Pick<
    UnitState,
    'unit' | 'status' | 'since' | 'life' | 'pid' | 'startedAt' | 'deaths' | 'end'
  > {
  /** What it is declared as. */
  name: string;
  /** How often systemd has started it again by itself since somebody started it; null: not known. */
  restarts: number | null;
  /** How often Holdfast restarted it for its health; for its login is in `refresh`. */
  healthRestarts: number;
  breaker: Breaker;
  rssBytes: number | null;
  cpu: number | null;
  bots: BotStatus[];
  /** Null: nobody asked for it, or it is not up. */
  health: HealthLine | null;
  /** The login of its bot, and how it is renewed; null: nothing is known. Older documents lack it. */
  refresh?: RefreshLine | null;
}
