import { collector } from '../collector.ts';
import { single } from '../family.ts';
import { tally } from '../tally.ts';

export const log = collector({
  name: 'log',
  about: 'The log of events and the disk under it.',
  input: ({ state }) =>
    state.document && { ...state.document.agent.log, totals: state.document.totals },
  families: [
    {
      name: 'holdfast_log_degraded',
      type: 'gauge',
      help: 'Whether the disk refuses events now; they wait in memory.',
      labels: [],
      samples: ({ status }) => single(status === 'degraded' ? 1 : 0),
    },
    {
      name: 'holdfast_log_queued_events',
      type: 'gauge',
      help: 'Events waiting in memory for the disk.',
      labels: [],
      samples: ({ queued }) => single(queued),
    },
    {
      name: 'holdfast_log_dropped_events_total',
      type: 'counter',
      help: 'Events given up because the queue was full, since the agent started.',
      labels: [],
      samples: ({ dropped }) => single(dropped),
    },
    {
      name: 'holdfast_log_stored_seq',
      type: 'gauge',
      help: 'Sequence number of the newest event on disk.',
      labels: [],
      samples: ({ storedSeq }) => single(storedSeq),
    },
    {
      name: 'holdfast_log_size_bytes',
      type: 'gauge',
      help: 'Size of the log on disk.',
      labels: [],
      samples: ({ bytes }) => single(bytes),
    },
    {
      name: 'holdfast_events_total',
      type: 'counter',
      help: 'Events accepted since the log began.',
      labels: [],
      samples: ({ totals }) => single(totals.events),
    },
    {
      name: 'holdfast_events_rejected_total',
      type: 'counter',
      help: 'Impossible events, by the reason they were rejected for.',
      labels: ['reason'],
      samples: ({ totals }) => tally('reason', totals.rejected),
    },
  ],
});
