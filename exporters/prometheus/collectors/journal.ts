import { collector } from '../collector.ts';
import { single } from '../family.ts';

export const journal = collector({
  name: 'journal',
  about:
    "Notable events in the system's journal; absent where the agent's output is not the journal's.",
  input: ({ state }) => {
    const health = state.document?.agent.journal;
    return health === undefined || health.status === 'off' ? null : health;
  },
  families: [
    {
      name: 'holdfast_journal_degraded',
      type: 'gauge',
      help: 'Whether the journal did not take the newest entry.',
      labels: [],
      samples: ({ status }) => single(status === 'degraded' ? 1 : 0),
    },
    {
      name: 'holdfast_journal_entries_total',
      type: 'counter',
      help: 'Entries handed to the journal since the agent started.',
      labels: [],
      samples: ({ sent }) => single(sent),
    },
    {
      name: 'holdfast_journal_dropped_entries_total',
      type: 'counter',
      help: 'Entries given up because the journal did not take them, since the agent started.',
      labels: [],
      samples: ({ dropped }) => single(dropped),
    },
  ],
});
