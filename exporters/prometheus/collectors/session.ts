import { collector } from '../collector.ts';
import type { Sample } from '../family.ts';
import type { SessionLine } from '../state/document.ts';
import { maxSessionSeries, type SessionLines, sessionLines } from './session-lines.ts';

const labels = ['session', 'server'];

const each =
  (value: (session: SessionLine, now: number) => number | null) =>
  ({ lines }: SessionLines): Sample[] => {
    const samples: Sample[] = [];
    for (const { labels, session, now } of lines) {
      const current = value(session, now);
      if (current !== null) samples.push({ labels, value: current });
    }
    return samples;
  };

const whileUp = (value: (session: SessionLine, now: number) => number | null) =>
  each((session, now) => (session.status === 'up' ? value(session, now) : null));

export const session = collector({
  name: 'session',
  about:
    'Each session. Memory, processor, panes, uptime and activity exist only while it is up. The series of a session that ended and is not declared disappear after the grace time.',
  input: (view) =>
    view.state.document && sessionLines([...view.state.document.sessions, ...view.departed], view),
  families: [
    {
      name: 'holdfast_session_up',
      type: 'gauge',
      help: 'Whether the session is alive.',
      labels,
      samples: each(({ status }) => Number(status === 'up')),
    },
    {
      name: 'holdfast_session_declared',
      type: 'gauge',
      help: 'Whether the configuration declares the session.',
      labels,
      samples: each(({ declared }) => Number(declared)),
    },
    {
      name: 'holdfast_session_deaths_total',
      type: 'counter',
      help: 'Deaths of the session.',
      labels,
      samples: each(({ deaths }) => deaths),
    },
    {
      name: 'holdfast_session_uptime_seconds',
      type: 'gauge',
      help: 'Age of the life the session has now.',
      labels,
      samples: whileUp(({ createdAt }, now) =>
        createdAt === null ? null : Math.max(0, now - createdAt) / 1000,
      ),
    },
    {
      name: 'holdfast_session_memory_bytes',
      type: 'gauge',
      help: 'Resident memory of the processes in the session.',
      labels,
      samples: whileUp(({ rssBytes }) => rssBytes),
    },
    {
      name: 'holdfast_session_measured_exactly',
      type: 'gauge',
      help: "Whether memory and processor use are what the kernel counts in the session's own cgroup; else they are summed over the processes that came from its panes.",
      labels,
      samples: whileUp(({ measured }) => (measured ? Number(measured === 'exact') : null)),
    },
    {
      name: 'holdfast_session_cgroup_memory_bytes',
      type: 'gauge',
      help: "What counts towards the session's memoryMax, files in the page cache included; absent without a cgroup of its own.",
      labels,
      samples: whileUp(({ memoryBytes }) => memoryBytes ?? null),
    },
    {
      name: 'holdfast_session_cgroup_anonymous_memory_bytes',
      type: 'gauge',
      help: 'The part of it that only swapping can take back.',
      labels,
      samples: whileUp(({ anonBytes }) => anonBytes ?? null),
    },
    {
      name: 'holdfast_session_memory_limit_bytes',
      type: 'gauge',
      help: 'The memoryMax that is in force; absent where none is.',
      labels,
      samples: whileUp(({ memoryMaxBytes }) => memoryMaxBytes ?? null),
    },
    {
      name: 'holdfast_session_tasks',
      type: 'gauge',
      help: 'Processes and threads of the session; absent without a cgroup of its own.',
      labels,
      samples: whileUp(({ tasks }) => tasks ?? null),
    },
    {
      name: 'holdfast_session_cpu_ratio',
      type: 'gauge',
      help: 'Processor use of the session since the previous sample; 1 is one processor.',
      labels,
      samples: whileUp(({ cpu }) => cpu),
    },
    {
      name: 'holdfast_session_panes',
      type: 'gauge',
      help: 'Panes of the session.',
      labels,
      samples: whileUp(({ panes }) => panes),
    },
    {
      name: 'holdfast_session_last_activity_timestamp_seconds',
      type: 'gauge',
      help: 'When the session last showed activity, Unix time; absent when never seen.',
      labels,
      samples: whileUp(({ lastActivityAt }) =>
        lastActivityAt === null ? null : lastActivityAt / 1000,
      ),
    },
    {
      name: 'holdfast_session_series_omitted',
      type: 'gauge',
      help: `Sessions without series of their own: past the limit of ${maxSessionSeries}, or with the name of another one on the same server.`,
      labels: ['reason'],
      samples: ({ overLimit, duplicates }) => [
        { labels: { reason: 'limit' }, value: overLimit },
        { labels: { reason: 'duplicate-name' }, value: duplicates },
      ],
    },
  ],
});
