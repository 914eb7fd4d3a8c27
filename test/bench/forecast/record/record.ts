/**
 * Records the memory of real programs: `bin/node test/bench/forecast/record/record.ts FILE MINUTES`. One line for each, JSON:
 * name, what it is, seconds between samples, KiB of resident memory of all its processes. What the machine had available is the
 * first line.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { childrenOf, treeOf } from '../../../../agent/model/process-tree.ts';
import { hostNow } from '../../../../agent/observe/machine/host.ts';
import { residentBytes } from '../../../../agent/observe/machine/process-reading.ts';
import { createProcessReader } from '../../../../agent/observe/machine/procfs.ts';
import { type Workload, workloads } from './workloads.ts';

const [file, minutes] = process.argv.slice(2);
if (!file || !minutes) throw new Error('usage: record.ts FILE MINUTES');

const everyMs = 10_000;
const none = { busy: 0, total: 0 };

interface Running {
  workload: Workload;
  child: ChildProcess;
  kilobytes: number[];
}

const start = (workload: Workload): Running => {
  const [command = '', ...args] = workload.argv;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  if (child.pid) setPriority(child.pid, 19);
  return { workload, child, kilobytes: [] };
};

const running: Running[] = [];
for (const workload of workloads) running.push(start(workload));
const available: number[] = [];
const read = createProcessReader();

const measure = async (): Promise<void> => {
  const processes = await read();
  const children = childrenOf(processes.values());
  for (const { child, kilobytes } of running) {
    const stats = [...treeOf([child.pid ?? 0], children)].flatMap(
      (pid) => processes.get(pid) ?? [],
    );
    kilobytes.push(stats.reduce((sum, stat) => sum + residentBytes(stat), 0) / 1024);
  }
  available.push(hostNow(none, none, 0).memoryAvailableBytes / 1024);
};

const line = (name: string, about: string, kilobytes: number[]): string =>
  JSON.stringify({ name, about, everySeconds: everyMs / 1000, kilobytes });

const write = (): void => {
  const lines = running.map(({ workload, kilobytes }) =>
    line(workload.name, workload.about, kilobytes),
  );
  writeFileSync(file, `${[line('machine', 'memory available', available), ...lines].join('\n')}\n`);
};

const began = Date.now();
const end = began + Number(minutes) * 60_000;
for (let due = began; due < end; due += everyMs) {
  await wait(Math.max(0, due - Date.now()));
  await measure();
  if (available.length % 6 === 0) write();
}
write();
for (const { child } of running) if (child.pid) process.kill(-child.pid, 'SIGTERM');
