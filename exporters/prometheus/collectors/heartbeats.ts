import { collector } from '../collector.ts';
import { single } from '../family.ts';
import { tally } from '../tally.ts';

export const heartbeats = collector({
  name: 'heartbeats',
  about: 'What the agent heard of bots since it started.',
  input: ({ state }) => state.document?.heartbeats ?? null,
  families: [
    {
      name: 'holdfast_heartbeats_total',
      type: 'counter',
      help: 'Times a bot said how it is.',
      labels: [],
      samples: ({ beats }) => single(beats),
    },
    {
      name: 'holdfast_heartbeats_refused_total',
      type: 'counter',
      help: 'What was not heard: connections of strangers or beyond the limits, lines that are no heartbeat or came too fast.',
      labels: ['reason'],
      samples: ({ refused }) => tally('reason', refused),
    },
  ],
});
