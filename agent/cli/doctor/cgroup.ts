import type { Machine } from './machine.ts';

/** The cgroup of a process in the hierarchy systemd uses; null when it cannot be read (cgroups(7)). */
export const cgroupOf = (machine: Machine, pid: number): string | null => {
  const lines = machine.read(`/proc/${pid}/cgroup`)?.split('\n') ?? [];
  const line =
    lines.find((entry) => entry.includes(':name=systemd:')) ??
    lines.find((entry) => entry.startsWith('0::'));
  return line?.split(':').slice(2).join(':') ?? null;
};

/** Whether systemd runs this machine (sd_booted(3)). */
export const hasSystemd = (machine: Machine): boolean =>
  machine.ownerOf('/run/systemd/system') !== null;
