import { isAtLeast, type Severity } from '../../../agent/model/severity.ts';
import type { StormTotals } from '../present/storm-card.ts';
import type { DeliveryRow } from './rows.ts';

/** In this time a person is told of so many alerts one by one; what comes above that is one message. ms */
export const windowMs = 60_000;

/** The shortest time between two changes of its message of which people hear, ms. */
export const loudMs = 10 * 60_000;

/** What is folded into a storm. Times: ms since the epoch; 0: never. */
export interface FoldedTotals extends StormTotals {
  /** When people were to hear last of one that goes on. */
  loud: number;
  /** When people were to hear last of any. */
  lastLoud: number;
  servers: number;
}

/** As its row says it until now. */
type StormRow = Pick<DeliveryRow, 'severity' | 'over' | 'loud_at' | 'servers'>;

/**
 * Why people hear of what became of a storm; null: they do not. The end of one among many is no news; that of all is.
 * `alone`: one that is alone rings as it would by itself. `wider`: a server that had none of it has something to say.
 */
export const stormNews = (
  storm: StormRow,
  totals: Pick<FoldedTotals, 'alerts' | 'over' | 'worst' | 'loud' | 'lastLoud' | 'servers'>,
  now: number,
): 'alone' | 'worse' | 'wider' | 'more' | 'ended' | null => {
  const { alerts, over, worst, loud, lastLoud, servers } = totals;
  // A clock that was set back keeps nobody waiting.
  const silentMs = Math.abs(now - storm.loud_at);
  if (alerts === 1 && lastLoud > storm.loud_at) return 'alone';
  if (!isAtLeast(storm.severity as Severity, worst)) return 'worse';
  if (servers > storm.servers && silentMs >= windowMs) return 'wider';
  if (silentMs < loudMs) return null;
  if (loud > storm.loud_at) return 'more';
  const isEnd = over === alerts && storm.over === 0;
  return isEnd && lastLoud > storm.loud_at ? 'ended' : null;
};
