import { dirname } from 'node:path';
import { shellWord } from '../../../model/text/shell-word.ts';
import { cgroupOf } from '../cgroup.ts';
import { type Check, type Finding, findingsOf, type WatchedServer } from '../check.ts';
import type { Machine } from '../machine.ts';

const { ok, warn, unknown } = findingsOf('memory-limit');

/** The limits from the process's own cgroup up to the root, where cgroup v2 has them. */
const limitsOf = (machine: Machine, cgroup: string): string[] => {
  const limits: string[] = [];
  for (let path = cgroup; path !== '/' && path !== '.'; path = dirname(path)) {
    const limit = machine.read(`/sys/fs/cgroup${path}/memory.max`)?.trim();
    if (limit !== undefined) limits.push(limit);
  }
  return limits;
};

/** The unit to set a limit on: the user's slice, else the service itself. */
const unitOf = (cgroup: string): string | null =>
  /\/(user-\d+\.slice)/.exec(cgroup)?.[1] ?? /\/([^/]+\.service)/.exec(cgroup)?.[1] ?? null;

const judgeServer = (machine: Machine, { server, pid, sessions }: WatchedServer): Finding => {
  const title = `a memory limit over ${server}`;
  const cgroup = pid === null ? null : cgroupOf(machine, pid);
  const limits = cgroup === null ? [] : limitsOf(machine, cgroup);
  if (cgroup === null || limits.length === 0) {
    return unknown({ title, detail: 'no memory controller of cgroup v2 is to be seen' });
  }
  if (limits.some((limit) => limit !== 'max')) return ok({ title, detail: 'is set' });
  const free = sessions.filter(({ memoryMax }) => memoryMax === null);
  if (sessions.length > 0 && free.length === 0) {
    return ok({ title, detail: 'none is needed: each of its sessions has its own' });
  }
  const unit = unitOf(cgroup);
  const fix = unit === null ? null : `sudo systemctl set-property ${shellWord(unit)} MemoryMax=75%`;
  const some = free.length < sessions.length ? `, as ${free[0]?.session}, which has none,` : '';
  const detail = `one session${some} can use up the memory of the whole machine`;
  return warn({ title: `no memory limit over ${server}`, detail }, fix);
};

/** Those that are declared: what keeps them from being in force, as whoever writes them says. */
const judgeSessions = ({ server, unlimited }: WatchedServer): Finding[] =>
  unlimited === null
    ? []
    : [
        warn(
          { title: `limits of sessions on ${server} are not in force`, detail: unlimited },
          null,
        ),
      ];

/** Without a limit the kernel chooses a victim on the whole machine, often the tmux server. */
export const memoryLimit: Check = (machine, servers) =>
  servers.flatMap((server) => [judgeServer(machine, server), ...judgeSessions(server)]);
