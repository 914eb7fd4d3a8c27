import { collector } from '../collector.ts';
import { type Sample, single } from '../family.ts';
import { type Status, statuses } from '../state/document.ts';
import { tally } from '../tally.ts';

const inStatus = (document: Status, status: string): number =>
  document.sessions.filter((session) => session.status === status).length;

/** A classic histogram: its buckets are cumulative, the document's are not. */
const lifetime = ({ bounds, buckets, sum, count }: Status['totals']['lifetime']): Sample[] => {
  let below = 0;
  const cumulative = bounds.map((bound, i): Sample => {
    below += buckets[i] ?? 0;
    return { labels: { le: String(bound) }, value: below, suffix: '_bucket' };
  });
  return [
    ...cumulative,
    { labels: { le: '+Inf' }, value: count, suffix: '_bucket' },
    { labels: {}, value: sum, suffix: '_sum' },
    { labels: {}, value: count, suffix: '_count' },
  ];
};

export const sessions = collector({
  name: 'sessions',
  about:
    'All sessions together. Counters run since the log began and survive restarts of the agent.',
  input: ({ state }) => state.document,
  families: [
    {
      name: 'holdfast_sessions_active',
      type: 'gauge',
      help: 'Sessions alive now.',
      labels: [],
      samples: (document) => single(inStatus(document, 'up')),
    },
    {
      name: 'holdfast_sessions',
      type: 'gauge',
      help: 'Sessions known, by status: `stopped` ended on purpose, `dead` is declared and did not come back, `waiting` is about to be created.',
      labels: ['status'],
      samples: (document) =>
        statuses.session.map((status) => ({
          labels: { status },
          value: inStatus(document, status),
        })),
    },
    {
      name: 'holdfast_sessions_created_total',
      type: 'counter',
      help: 'Sessions seen to be created.',
      labels: [],
      samples: ({ totals }) => single(totals.created),
    },
    {
      name: 'holdfast_sessions_ended_total',
      type: 'counter',
      help: 'Sessions that ended without anything being wrong, by reason.',
      labels: ['reason'],
      samples: ({ totals }) => tally('reason', totals.ended),
    },
    {
      name: 'holdfast_sessions_restarts_total',
      type: 'counter',
      help: 'Times Holdfast set out to bring back a session (`died`) or a server (`server-died`) that ended unasked.',
      labels: ['reason'],
      samples: ({ totals }) => tally('reason', totals.restarts),
    },
    {
      name: 'holdfast_sessions_lifetime_seconds',
      type: 'histogram',
      help: 'How long the sessions that ended had lived.',
      labels: [],
      samples: ({ totals }) => lifetime(totals.lifetime),
    },
  ],
});
