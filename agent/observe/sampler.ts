import type { ProcessSample, UsageSample } from '../model/events/death.ts';
import type { ProcStat } from '../model/proc-stat.ts';
import type { LifeSample, Samples } from '../model/samples.ts';
import type { Life, State } from '../model/state.ts';
import { type CpuTicks, cpuTicks, hostNow } from './host.ts';
import { allProcesses, commandOf } from './procfs.ts';

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

/** Fraction of one processor a process used between two readings; 0 when it is new. */
const cpuOf = (stat: ProcStat, before: Reading, at: number): number => {
  const earlier = before.processes.get(stat.pid);
  if (earlier?.startTime !== stat.startTime || at <= before.at) return 0;
  const seconds = (at - before.at) / 1000;
  return Number(((stat.cpuTicks - earlier.cpuTicks) / ticksPerSecond / seconds).toFixed(3));
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

const topByMemory = (now: Reading, before: Reading, redact: (text: string) => string) =>
  [...now.processes.values()]
    .sort((a, b) => b.rssPages - a.rssPages)
    .slice(0, topProcesses)
    .map(
      (stat): ProcessSample => ({
        pid: stat.pid,
        command: redact(commandOf(stat.pid)).slice(0, topCommand),
        rssBytes: stat.rssPages * pageBytes,
        cpu: cpuOf(stat, before, now.at),
      }),
    );

/** The command line in the foreground of the first pane's terminal. */
const foregroundOf = (life: Life, processes: Map<number, ProcStat>): string | null => {
  const leader = processes.get(life.panes[0]?.pid ?? 0);
  if (!leader || leader.tpgid <= 0) return null;
  return commandOf(leader.tpgid) || null;
};

/** Measures the machine and the processes of each session; keeps what the next measure needs. */
export const createSampler = (redact: (text: string) => string) => {
  let before: Reading = { at: 0, cpu: { busy: 0, total: 0 }, processes: new Map() };

  const usage = (life: Life, now: Reading, children: Map<number, number[]>): UsageSample => {
    const sample = { at: now.at, rssBytes: 0, cpu: 0, processes: 0 };
    for (const pid of treeOf(
      life.panes.map((pane) => pane.pid),
      children,
    )) {
      const stat = now.processes.get(pid);
      if (!stat) continue;
      sample.rssBytes += stat.rssPages * pageBytes;
      sample.cpu = Number((sample.cpu + cpuOf(stat, before, now.at)).toFixed(3));
      sample.processes += 1;
    }
    return sample;
  };

  const sampleLives = (state: State, samples: Samples, now: Reading): void => {
    const children = childrenOf(now.processes);
    for (const life of Object.values(state.lives)) {
      const sample: LifeSample | undefined = samples.lives.get(life.life);
      if (!sample) continue;
      sample.usage = usage(life, now, children);
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
    const processes = await allProcesses();
    const now: Reading = { at, cpu: cpuTicks(), processes };
    samples.host = {
      ...hostNow(before.cpu, now.cpu, at),
      processes: topByMemory(now, before, redact),
    };
    sampleLives(state(), samples, now);
    before = now;
  };
};
