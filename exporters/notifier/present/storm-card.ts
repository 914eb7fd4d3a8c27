import { nameList } from '../../../agent/model/cause-text.ts';
import type { Severity } from '../../../agent/model/severity.ts';
import { texts } from '../texts.ts';
import type { StoredCard } from './card-of.ts';

/** What many alerts have in common. */
export interface StormFacts {
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
  facts: StormFacts,
  host: string,
  now: number,
  loudAt: number,
): StoredCard => {
  const { storm } = texts;
  const [first] = facts.examples;
  if (facts.alerts === 1 && first) {
    return { ...first, alert, kind: 'storm', updatedAt: now, loudAt };
  }
  const sessions = facts.examples.flatMap((card) => card.sessions).slice(0, maxSessions);
  const details = facts.examples.map(({ headline }) => ({ label: storm.first, text: headline }));
  return {
    alert,
    ...{ revision: 0, kind: 'storm', severity: facts.worst, acknowledged: null, incident: null },
    status: facts.over === facts.alerts ? 'resolved' : 'firing',
    lapsed: false,
    ...{ incidents: [], count: facts.alerts, trace: '', host },
    sessions,
    openedAt: facts.firstAt,
    updatedAt: now,
    headline: storm.headline(facts.alerts, facts.over),
    details: [
      ...(sessions.length > 0 ? [{ label: storm.sessions, text: nameList(sessions, 6) }] : []),
      ...details,
      { label: storm.lookLabel, text: storm.look },
    ],
    ...{ screen: null, actions: [], loudAt },
  };
};
