import { collector } from '../collector.ts';
import { single } from '../family.ts';
import { labelValue } from '../label.ts';

export const agent = collector({
  name: 'agent',
  about: 'The supervisor process.',
  input: ({ state }) => state.document,
  families: [
    {
      name: 'holdfast_build_info',
      type: 'gauge',
      help: 'Always 1; the labels say what the agent is built of.',
      labels: ['version', 'node'],
      samples: ({ agent }) => [
        {
          labels: { version: labelValue(agent.version), node: labelValue(agent.nodeVersion) },
          value: 1,
        },
      ],
    },
    {
      name: 'holdfast_agent_start_time_seconds',
      type: 'gauge',
      help: 'When the agent started, Unix time.',
      labels: [],
      samples: ({ agent }) => single(agent.startedAt / 1000),
    },
    {
      name: 'holdfast_agent_embedded',
      type: 'gauge',
      help: 'Whether the agent runs under `holdfast up`, where no systemd supervises it.',
      labels: [],
      samples: ({ agent }) => single(agent.embedded ? 1 : 0),
    },
    {
      name: 'holdfast_agent_resident_memory_bytes',
      type: 'gauge',
      help: 'Resident memory of the agent, the pages of its program file included.',
      labels: [],
      samples: ({ agent }) => single(agent.rssBytes),
    },
    {
      name: 'holdfast_agent_anonymous_memory_bytes',
      type: 'gauge',
      help: 'Anonymous memory of the agent: what it alone costs.',
      labels: [],
      samples: ({ agent }) => single(agent.anonBytes),
    },
    {
      name: 'holdfast_agent_cpu_seconds_total',
      type: 'counter',
      help: 'Processor time the agent used since it started.',
      labels: [],
      samples: ({ agent }) => single(agent.cpuSeconds),
    },
    {
      name: 'holdfast_config_applied_timestamp_seconds',
      type: 'gauge',
      help: 'When the configuration in force was applied, Unix time.',
      labels: [],
      samples: ({ agent }) => single(agent.config && agent.config.at / 1000),
    },
    {
      name: 'holdfast_config_refused',
      type: 'gauge',
      help: 'Whether the newest configuration was refused, so that an older one is in force.',
      labels: [],
      samples: ({ agent }) =>
        single(agent.refused === undefined ? null : Number(agent.refused !== null)),
    },
    {
      name: 'holdfast_redactions_total',
      type: 'counter',
      help: 'Secrets replaced before they reached a disk or a message, since the agent started.',
      labels: [],
      samples: ({ totals }) => single(totals.redactions),
    },
  ],
});
