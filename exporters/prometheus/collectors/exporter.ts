import { collector } from '../collector.ts';
import { single } from '../family.ts';

/**
 * The exporter about itself. Not under the customary `process_` names: in a textfile those would meet
 * node_exporter's own, and one family given twice fails its whole scrape.
 */
export const exporter = collector({
  name: 'exporter',
  about: 'The exporter itself.',
  input: ({ self, now }) => ({ ...self, now }),
  families: [
    {
      name: 'holdfast_exporter_build_info',
      type: 'gauge',
      help: 'Always 1; the labels say what the exporter is built of.',
      labels: ['version', 'node'],
      samples: ({ version, nodeVersion }) => [{ labels: { version, node: nodeVersion }, value: 1 }],
    },
    {
      name: 'holdfast_exporter_start_time_seconds',
      type: 'gauge',
      help: 'When the exporter started, Unix time.',
      labels: [],
      samples: ({ startedAt }) => single(startedAt / 1000),
    },
    {
      name: 'holdfast_exporter_collected_timestamp_seconds',
      type: 'gauge',
      help: 'When these values were collected, Unix time: an old one in a textfile means that the exporter is gone.',
      labels: [],
      samples: ({ now }) => single(now / 1000),
    },
    {
      name: 'holdfast_exporter_cpu_seconds_total',
      type: 'counter',
      help: 'Processor time the exporter used.',
      labels: [],
      samples: ({ cpuSeconds }) => single(cpuSeconds),
    },
    {
      name: 'holdfast_exporter_resident_memory_bytes',
      type: 'gauge',
      help: 'Resident memory of the exporter, the pages of its program file included.',
      labels: [],
      samples: ({ rssBytes }) => single(rssBytes),
    },
    {
      name: 'holdfast_exporter_anonymous_memory_bytes',
      type: 'gauge',
      help: 'Anonymous memory of the exporter: what it alone costs.',
      labels: [],
      samples: ({ anonBytes }) => single(anonBytes),
    },
    {
      name: 'holdfast_exporter_textfile_failures_total',
      type: 'counter',
      help: 'Attempts to write the textfile that failed; absent when none is asked for.',
      labels: [],
      samples: ({ textfileFailures }) => single(textfileFailures),
    },
    {
      name: 'holdfast_exporter_listening',
      type: 'gauge',
      help: 'Whether the exporter serves over HTTP; absent when it is not asked to.',
      labels: [],
      samples: ({ listening }) => single(listening === null ? null : Number(listening)),
    },
  ],
});
