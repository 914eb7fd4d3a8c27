import { type Kernel, realKernel } from '../../model/cgroup.ts';
import type { ProcessSample, UsageSample } from '../../model/events/death.ts';
import type { ProcStat } from '../../model/proc-stat.ts';
import type { LifeSample, Samples } from '../../model/samples.ts';
import type { Life, State } from '../../model/state.ts';
import { type CpuTicks, cpuTicks, hostNow } from './host.ts';
import { commandOf, createProcessReader } from './procfs.ts';
import { createGroupReader, type GroupUse } from './session-groups.ts';

/** Fixed by the kernel's interface for every process to see (sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100;
const pageBytes = 4096;
const topProcesses = 20;
const topCommand = 60;

interface Reading {
  at: number;
  cpu: CpuTicks;
  processes: Map<number, ProcStat>;
}

/** Clock ticks a process used between two readings; 0 when it is new. */
const ticksOf = (stat: ProcStat, before: Reading): number => {
  const earlier = before.processes.get(stat.pid);
  return earlier?.startTime === stat.startTime ? stat.cpuTicks - earlier.cpuTicks : 0;
};

/** Clock ticks between two readings as a fraction of one processor. */
const shareOf = (ticks: number, before: Reading, at: number): number => {
  if (ticks === 0 || at <= before.at) return 0;
  return Number((ticks / ticksPerSecond / ((at - before.at) / 1000)).toFixed(3));
};

const childrenOf = (processes: Map<number, ProcStat>): Map<number, number[]> => {
  const children = new Map<number, number[]>();
  for (const { pid, ppid } of processes.values()) {
    const siblings = children.get(ppid);
    if (siblings) siblings.push(pid);
    else children.set(ppid, [pid]);
  }
  return children;
};

/** Processes and all that came from them. */
const treeOf = (roots: readonly number[], children: Map<number, number[]>): Set<number> => {
  const tree = new Set<number>();
  const waiting = [...roots];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    if (tree.has(pid)) continue;
    tree.add(pid);
    waiting.push(...(children.get(pid) ?? []));
  }
  return tree;
};

const topByMemory = (now: Reading, before: Reading, commandText: (pid: number) => string) =>
  [...now.processes.values()]
    .sort((a, b) => b.rssPages - a.rssPages)
    .slice(0, topProcesses)
    .map(
      (stat): ProcessSample => ({
        pid: stat.pid,
        command: commandText(stat.pid),
        rssBytes: stat.rssPages * pageBytes,
        cpu: shareOf(ticksOf(stat, before), before, now.at),
      }),
    );

/** The command line in the foreground of the first pane's terminal. */
const foregroundOf = (life: Life, processes: Map<number, ProcStat>): string | null => {
  const leader = processes.get(life.panes[0]?.pid ?? 0);
  if (!leader || leader.tpgid <= 0) return null;
  return commandOf(leader.tpgid) || null;
};

/** The commands of the top processes, redacted once each: they are the same in almost every sample. */
const createCommandTexts = (redact: (text: string) => string) => {
  let known = new Map<string, string>();
  let used = new Map<string, string>();
  return {
    of(pid: number): string {
      const command = commandOf(pid);
      const text = known.get(command) ?? redact(command).slice(0, topCommand);
      used.set(command, text);
      return text;
    },
    /** Forgets what this sample did not ask for. */
    next(): void {
      known = used;
      used = new Map();
    },
  };
};

/** What the kernel counted of a session is right also where its processes share memory or have left their parents. */
const exactly = (sample: UsageSample, group: GroupUse | undefined): UsageSample => {
  if (!group) return sample;
  const { residentBytes, cpu, cgroup } = group;
  return { ...sample, rssBytes: residentBytes, cpu, measured: 'exact', cgroup };
};

/** Measures the machine and the processes of each session; keeps what the next measure needs. */
export const createSampler = (redact: (text: string) => string, kernel: Kernel = realKernel) => {
  let before: Reading = { at: 0, cpu: { busy: 0, total: 0 }, processes: new Map() };
  const readProcesses = createProcessReader();
  const readGroups = createGroupReader(kernel);
  const commands = createCommandTexts(redact);

  const usage = (life: Life, now: Reading, children: Map<number, number[]>): UsageSample => {
    const sample: UsageSample = {
      ...{ at: now.at, rssBytes: 0, cpu: 0, processes: 0, measured: 'partial' as const },
    };
    let ticks = 0;
    for (const pid of treeOf(
      life.panes.map((pane) => pane.pid),
      children,
    )) {
      const stat = now.processes.get(pid);
      if (!stat) continue;
      sample.rssBytes += stat.rssPages * pageBytes;
      ticks += ticksOf(stat, before);
      sample.processes += 1;
    }
    sample.cpu = shareOf(ticks, before, now.at);
    return sample;
  };

  const sampleLives = (
    state: State,
    samples: Samples,
    now: Reading,
    groups: ReadonlyMap<string, GroupUse>,
  ): void => {
    const children = childrenOf(now.processes);
    for (const life of Object.values(state.lives)) {
      const sample: LifeSample | undefined = samples.lives.get(life.life);
      if (!sample) continue;
      sample.usage = exactly(usage(life, now, children), groups.get(life.life));
      sample.foreground = foregroundOf(life, now.processes);
    }
    for (const { server, instance } of Object.values(state.servers)) {
      const sample = samples.servers.get(server);
      const stat = instance && now.processes.get(instance.pid);
      if (!sample) continue;
      sample.rssBytes = (stat?.rssPages ?? 0) * pageBytes;
      sample.processes = stat ? treeOf([stat.pid], children).size : 0;
    }
  };

  return async (state: () => State, samples: Samples, at: number): Promise<void> => {
    const processes = await readProcesses();
    const now: Reading = { at, cpu: cpuTicks(), processes };
    samples.host = {
      ...hostNow(before.cpu, now.cpu, at),
      processes: topByMemory(now, before, commands.of),
    };
    commands.next();
    const groups = await readGroups(Object.values(state().lives), at);
    sampleLives(state(), samples, now, groups);
    before = now;
  };
};
