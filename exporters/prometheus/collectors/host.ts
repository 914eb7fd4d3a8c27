import { collector } from '../collector.ts';
import { single } from '../family.ts';

/** The machine as the agent sampled it for its death records. */
export const host = collector({
  name: 'host',
  about: 'The machine as the agent last sampled it; node_exporter knows more.',
  input: ({ state }) => state.document?.host ?? null,
  families: [
    {
      name: 'holdfast_host_sample_timestamp_seconds',
      type: 'gauge',
      help: 'When the machine was sampled, Unix time.',
      labels: [],
      samples: ({ at }) => single(at / 1000),
    },
    {
      name: 'holdfast_host_load',
      type: 'gauge',
      help: 'Load average over 1, 5 and 15 minutes.',
      labels: ['window'],
      samples: ({ load: [one, five, fifteen] }) => [
        { labels: { window: '1m' }, value: one },
        { labels: { window: '5m' }, value: five },
        { labels: { window: '15m' }, value: fifteen },
      ],
    },
    {
      name: 'holdfast_host_memory_bytes',
      type: 'gauge',
      help: 'Memory of the machine.',
      labels: [],
      samples: ({ memoryTotalBytes }) => single(memoryTotalBytes),
    },
    {
      name: 'holdfast_host_memory_available_bytes',
      type: 'gauge',
      help: 'Memory that programs can still get without swapping.',
      labels: [],
      samples: ({ memoryAvailableBytes }) => single(memoryAvailableBytes),
    },
    {
      name: 'holdfast_host_cpu_busy_ratio',
      type: 'gauge',
      help: 'Busy fraction of all processors, 0 to 1.',
      labels: [],
      samples: ({ cpuBusy }) => single(cpuBusy),
    },
    {
      name: 'holdfast_host_pressure_ratio',
      type: 'gauge',
      help: 'Fraction of the last 10 seconds in which some work waited for a resource; absent without kernel support.',
      labels: ['resource'],
      samples: ({ pressure }) =>
        Object.entries(pressure ?? {}).map(([resource, percent]) => ({
          labels: { resource },
          value: percent / 100,
        })),
    },
  ],
});
