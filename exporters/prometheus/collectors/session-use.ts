import { whileUp } from './session-family.ts';

/** What a session takes of the machine. */
export const useFamilies = [
  whileUp(
    'holdfast_session_memory_bytes',
    'Resident memory of the processes in the session.',
    ({ rssBytes }) => rssBytes,
  ),
  whileUp(
    'holdfast_session_measured_exactly',
    "Whether memory and processor use are what the kernel counts in the session's own cgroup; else they are summed over the processes that came from its panes.",
    ({ measured }) => (measured ? Number(measured === 'exact') : null),
  ),
  whileUp(
    'holdfast_session_cgroup_memory_bytes',
    "What counts towards the session's memoryMax, files in the page cache included; absent without a cgroup of its own.",
    ({ memoryBytes }) => memoryBytes ?? null,
  ),
  whileUp(
    'holdfast_session_cgroup_anonymous_memory_bytes',
    'The part of it that only swapping can take back.',
    ({ anonBytes }) => anonBytes ?? null,
  ),
  whileUp(
    'holdfast_session_memory_limit_bytes',
    'The memoryMax that is in force; absent where none is.',
    ({ memoryMaxBytes }) => memoryMaxBytes ?? null,
  ),
  whileUp(
    'holdfast_session_tasks',
    'Processes and threads of the session; absent without a cgroup of its own.',
    ({ tasks }) => tasks ?? null,
  ),
  whileUp(
    'holdfast_session_cpu_ratio',
    'Processor use of the session since the previous sample; 1 is one processor.',
    ({ cpu }) => cpu,
  ),
];
