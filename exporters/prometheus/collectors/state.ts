import { collector } from '../collector.ts';
import { single, stateSet } from '../family.ts';
import { stateErrors } from '../state/reading.ts';

/** The state file and the heartbeat in it: what everything else here stands on. */
export const state = collector({
  name: 'state',
  about:
    'The state file the agent writes. While it cannot be used, everything that comes from it is absent.',
  input: (view) => ({ ...view.state, now: view.now }),
  families: [
    {
      name: 'holdfast_state_readable',
      type: 'gauge',
      help: 'Whether the state file can be used: there, well-formed, of a known schema and fresh.',
      labels: [],
      samples: ({ error }) => single(error ? 0 : 1),
    },
    {
      name: 'holdfast_state_error',
      type: 'gauge',
      help: 'Why the state file cannot be used: 1 for the reason that holds now.',
      labels: ['reason'],
      samples: ({ error }) => stateSet('reason', stateErrors, error?.reason ?? null),
    },
    {
      name: 'holdfast_state_file_age_seconds',
      type: 'gauge',
      help: 'Time since the state file was last modified.',
      labels: [],
      samples: ({ file, now }) => single(file && Math.max(0, now - file.mtimeMs) / 1000),
    },
    {
      name: 'holdfast_state_file_size_bytes',
      type: 'gauge',
      help: 'Size of the state file.',
      labels: [],
      samples: ({ file }) => single(file?.bytes ?? null),
    },
    {
      name: 'holdfast_state_schema',
      type: 'gauge',
      help: 'Schema the state file names; this exporter knows 1.',
      labels: [],
      samples: ({ schema }) => single(schema),
    },
    {
      name: 'holdfast_agent_heartbeat_age_seconds',
      type: 'gauge',
      help: 'Time since the agent last wrote its state, as far as the file tells.',
      labels: [],
      samples: ({ heartbeat }) => single(heartbeat && heartbeat.ageMs / 1000),
    },
    {
      name: 'holdfast_agent_heartbeat_timestamp_seconds',
      type: 'gauge',
      help: 'When the agent last wrote its state, Unix time.',
      labels: [],
      samples: ({ heartbeat }) => single(heartbeat && heartbeat.at / 1000),
    },
  ],
});
