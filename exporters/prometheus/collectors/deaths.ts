import { causes } from '../../../agent/model/events/incident.ts';
import { collector } from '../collector.ts';
import { single } from '../family.ts';
import type { Status } from '../state/document.ts';
import { tally } from '../tally.ts';
import { tallyPairs } from '../tally-pairs.ts';

/** A verdict counts every death of its incident at once, which may be ahead of `died`: never below zero. */
const withoutVerdict = ({ died, diedByCause }: Status['totals']): number =>
  Math.max(0, died - Object.values(diedByCause).reduce((sum, count) => sum + count, 0));

const newest = (incidents: Status['incidents']): number | null =>
  incidents.reduce<number | null>((latest, { at }) => Math.max(latest ?? at, at), null);

export const deaths = collector({
  name: 'deaths',
  about: 'Ends nobody meant, and what caused them (causes: docs/EVENTS.md).',
  input: ({ state }) => state.document,
  families: [
    {
      name: 'holdfast_sessions_died_total',
      type: 'counter',
      help: 'Deaths of sessions, by cause, counted when the verdict is reached.',
      labels: ['cause'],
      samples: ({ totals }) => tally('cause', totals.diedByCause, causes),
    },
    {
      name: 'holdfast_units_died_total',
      type: 'counter',
      help: 'Deaths of declared units of systemd, by cause, counted when the verdict is reached.',
      labels: ['cause'],
      samples: ({ totals }) =>
        totals.unitsDiedByCause ? tally('cause', totals.unitsDiedByCause, causes) : [],
    },
    {
      name: 'holdfast_deaths_awaiting_verdict',
      type: 'gauge',
      help: 'Deaths of sessions whose cause is not yet decided.',
      labels: [],
      samples: ({ totals }) => single(withoutVerdict(totals)),
    },
    {
      name: 'holdfast_verdicts_total',
      type: 'counter',
      help: 'Verdicts on incidents, by cause and confidence; an incident that grew has more than one.',
      labels: ['cause', 'confidence'],
      samples: ({ totals }) => tallyPairs(['cause', 'confidence'], totals.verdicts ?? {}),
    },
    {
      name: 'holdfast_verdicts_named_total',
      type: 'counter',
      help: 'Verdicts that name who did it.',
      labels: [],
      samples: ({ totals }) => single(totals.verdictsNamed ?? null),
    },
    {
      name: 'holdfast_servers_died_total',
      type: 'counter',
      help: 'Deaths of tmux servers: `exited` said goodbye, `killed` did not, `unknown` when nobody was looking.',
      labels: ['how'],
      samples: ({ totals }) => tally('how', totals.serversDied, ['exited', 'killed', 'unknown']),
    },
    {
      name: 'holdfast_incident_last_timestamp_seconds',
      type: 'gauge',
      help: 'When the newest incident began, Unix time; absent before the first.',
      labels: [],
      samples: ({ incidents }) => {
        const at = newest(incidents);
        return single(at === null ? null : at / 1000);
      },
    },
  ],
});
