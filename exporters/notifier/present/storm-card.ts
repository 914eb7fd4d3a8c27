import type { Severity } from '../../../agent/model/severity.ts';
import { nameList } from '../../../agent/model/text/cause-text.ts';
import { texts } from '../texts.ts';
import type { StoredCard } from './card-of.ts';

/** What many alerts have in common. */
export interface StormTotals {
  alerts: number;
  /** How many of them are over. */
  over: number;
  worst: Severity;
  firstAt: number;
  /** The cards of some, the worst first. */
  examples: StoredCard[];
}

/** As many sessions are named. */
const maxSessions = 10;

/** One message for many alerts; of a single one it says all that is known. */
export const stormCard = (
  alert: string,
  totals: StormTotals,
  host: string,
  now: number,
  loudAt: number,
): StoredCard => {
  const { storm } = texts;
  const [first] = totals.examples;
  if (totals.alerts === 1 && first) {
    return { ...first, alert, kind: 'storm', updatedAt: now, loudAt };
  }
  const sessions = totals.examples.flatMap((card) => card.sessions).slice(0, maxSessions);
  const headline = storm.headline(totals.alerts, totals.over);
  const details = totals.examples.map((card) => ({ label: storm.first, text: card.headline }));
  return {
    alert,
    ...{ revision: 0, kind: 'storm', severity: totals.worst, acknowledged: null, incident: null },
    status: totals.over === totals.alerts ? 'resolved' : 'firing',
    lapsed: false,
    ...{ incidents: [], count: totals.alerts, trace: '', host },
    sessions,
    openedAt: totals.firstAt,
    updatedAt: now,
    ...{ headline, headlineParts: [headline] },
    details: [
      ...(sessions.length > 0 ? [{ label: storm.sessions, text: nameList(sessions, 6) }] : []),
      ...details,
      { label: storm.lookLabel, text: storm.look },
    ],
    ...{ screen: null, actions: [], loudAt },
  };
};
