import { collector } from '../collector.ts';
import { single } from '../family.ts';

export const witness = collector({
  name: 'witness',
  about:
    'The process that reads from the kernel who sends a signal, as the agent last heard from it.',
  input: ({ state }) => state.document?.witness ?? null,
  families: [
    {
      name: 'holdfast_witness_up',
      type: 'gauge',
      help: 'Whether it sees who sends a signal; 0 where it does not answer or the kernel tells it nothing.',
      labels: [],
      samples: ({ state }) => single(state === 'sees' ? 1 : 0),
    },
    {
      name: 'holdfast_witness_realtime',
      type: 'gauge',
      help: 'Whether it runs before other processes, so that a killer is looked at before it is gone; absent where it does not answer.',
      labels: [],
      samples: ({ realTime }) => single(realTime === null ? null : Number(realTime)),
    },
    {
      name: 'holdfast_witness_lost_events_total',
      type: 'counter',
      help: 'Events the kernel threw away before they were read, as the witness counts them.',
      labels: [],
      samples: ({ lost }) => single(lost),
    },
  ],
});
