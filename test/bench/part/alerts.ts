import { benchDrain } from '../alerts/drain.ts';
import { benchLatency } from '../alerts/latency.ts';
import { benchRest } from '../alerts/rest.ts';
import { benchStorm } from '../alerts/storm.ts';
import type { Part } from '../part.ts';

export const alerts: Part = {
  name: 'alerts',
  about: 'what people are told: how soon, how much of it, and what the notifier costs',
  measure: async (effort) => [
    ...(await benchRest(effort)),
    ...(await benchLatency(effort)),
    ...(await benchStorm(effort)),
    ...(await benchDrain(effort)),
  ],
};
