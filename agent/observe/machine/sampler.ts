import { type Kernel, realKernel } from '../../model/cgroup.ts';
import type {
  HostSample,
  MachinePoint,
  UsagePoint,
  UsageSample,
} from '../../model/events/measures.ts';
import type { ProcStat } from '../../model/proc-stat.ts';
import { childrenOf, treeOf } from '../../model/process-tree.ts';
import { withRecent } from '../../model/recent.ts';
import type { Samples } from '../../model/samples.ts';
import type { Life, State } from '../../model/state.ts';
import { createGroupReader, type GroupUse } from './cgroup/usage.ts';
import { cpuTicks, hostNow } from './host.ts';
import { isEnding } from './is-ending.ts';
import { ageBeside, createLeaders } from './leaders.ts';
import { countOomKills } from './oom-kills.ts';
import { type ProcessReading, residentBytes, shareOf, ticksOf } from './process-reading.ts';
import { commandOf, createProcessReader, statOf } from './procfs.ts';
import { createTopProcesses } from './top-processes.ts';

/** The command line in the foreground of the first pane's terminal. */
const foregroundOf = (life: Life, processes: ReadonlyMap<number, ProcStat>): string | null => {
  const leader = processes.get(life.panes[0]?.pid ?? 0);
  if (!leader || leader.tpgid <= 0) return null;
  return commandOf(leader.tpgid) || null;
};

type Children = ReadonlyMap<number, readonly number[]>;

/** By the processes that came from the panes of a session. */
const usageOf = (
  life: Life,
  now: ProcessReading,
  before: ProcessReading,
  children: Children,
): UsageSample => {
  // An empty pane has no process, and pid 0 is the parent of all.
  const panes = life.panes.map(({ pid }) => pid).filter((pid) => pid > 0);
  const stats = [...treeOf(panes, children)].flatMap((pid) => now.processes.get(pid) ?? []);
  const ticks = stats.reduce((sum, stat) => sum + ticksOf(stat, before), 0);
  return {
    at: now.at,
    rssBytes: stats.reduce((sum, stat) => sum + residentBytes(stat), 0),
    cpu: shareOf(ticks, before, now.at),
    processes: stats.length,
    measured: 'partial',
  };
};

/** What the kernel counted of a session is right also where its processes share memory or have left their parents. */
const exactly = (sample: UsageSample, group: GroupUse | undefined): UsageSample => {
  if (!group) return sample;
  const { residentBytes: rssBytes, cpu, cgroup } = group;
  return { ...sample, rssBytes, cpu, measured: 'exact', cgroup };
};

const sampleServers = (
  { servers }: State,
  samples: Samples,
  { processes }: ProcessReading,
  children: Children,
): void => {
  for (const { server, instance } of Object.values(servers)) {
    const sample = samples.servers.get(server);
    const stat = instance && processes.get(instance.pid);
    if (!sample) continue;
    sample.rssBytes = stat ? residentBytes(stat) : 0;
    sample.processes = stat ? treeOf([stat.pid], children).size : 0;
  }
};

const machinePoint = ({
  at,
  memoryTotalBytes,
  memoryAvailableBytes,
  cpuBusy,
  pressure,
}: HostSample): MachinePoint => ({ at, memoryTotalBytes, memoryAvailableBytes, cpuBusy, pressure });

const usagePoint = ({ at, rssBytes, cpu }: UsageSample): UsagePoint => ({ at, rssBytes, cpu });

/** The count of this measure, and that of the one before. */
const oomCounts = (
  oomKills: number | null,
  before: HostSample | null,
): Pick<HostSample, 'oomKills' | 'oomKillsBefore'> => {
  if (oomKills === null) return {};
  if (before?.oomKills === undefined) return { oomKills };
  return { oomKills, oomKillsBefore: { at: before.at, kills: before.oomKills } };
};

/** Measures the machine and the processes of each session; keeps what the next measure needs. */
export const createSampler = (redact: (text: string) => string, kernel: Kernel = realKernel) => {
  let before: ProcessReading = { at: 0, cpu: { busy: 0, total: 0 }, processes: new Map() };
  const readProcesses = createProcessReader();
  const readGroups = createGroupReader(kernel);
  const topProcesses = createTopProcesses(redact);
  const leaders = createLeaders(ageBeside(statOf(process.pid)), kernel);

  return async (state: () => State, samples: Samples, at: number): Promise<void> => {
    // As it is at that time, and not a moment later.
    const oomKills = countOomKills(kernel);
    // Before the processes: of what is there after it was counted, no end was counted.
    const groups = await readGroups(Object.values(state().lives), at);
    const processes = await readProcesses();
    const now: ProcessReading = { at, cpu: cpuTicks(), processes };
    samples.host = {
      ...hostNow(before.cpu, now.cpu, at),
      ...oomCounts(oomKills, samples.host),
      processes: topProcesses(now, before),
    };
    samples.recent = withRecent(samples.recent, machinePoint(samples.host));
    // A session may have ended meanwhile.
    const current = state();
    const children = childrenOf(processes.values());
    leaders.begin();
    for (const life of Object.values(current.lives)) {
      const sample = samples.lives.get(life.life);
      if (!sample) continue;
      const ofProcesses = usageOf(life, now, before, children);
      if (isEnding(life, sample, ofProcesses)) continue;
      const usage = exactly(ofProcesses, groups.get(life.life));
      sample.usage = usage;
      sample.recent = withRecent(sample.recent, usagePoint(usage));
      sample.foreground = foregroundOf(life, processes);
      leaders.keep(life, sample, processes, at);
    }
    sampleServers(current, samples, now, children);
    before = now;
  };
};
