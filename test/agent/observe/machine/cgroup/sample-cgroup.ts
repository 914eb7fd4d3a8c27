import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Kernel } from '../../../../../agent/model/cgroup.ts';

export const unit = '/holdfast.slice/holdfast-sessions.slice/holdfast-tmux@deploy.service';

/** Plain files in the shape of /proc and /sys/fs/cgroup. */
export const createKernel = (directory: string) => {
  const kernel: Kernel = { proc: join(directory, 'proc'), cgroup: join(directory, 'cgroup') };
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  return {
    kernel,
    /** A process in a cgroup, by its path from the root. */
    process: (pid: number, path: string) => put(join(kernel.proc, `${pid}/cgroup`), `0::${path}\n`),
    /** Files of a cgroup. */
    group: (path: string, files: Readonly<Record<string, string>>): void => {
      for (const [name, text] of Object.entries(files)) put(join(kernel.cgroup, path, name), text);
    },
  };
};

/** What a session's cgroup shows. */
export const groupFiles = {
  'memory.current': '62914560\n',
  'memory.stat': 'anon 41943040\nfile 9437184\nkernel 524288\nfile_mapped 4194304\nanon_thp 7\n',
  'memory.max': '67108864\n',
  'memory.events': 'low 0\nhigh 12\nmax 30\noom 2\noom_kill 3\noom_group_kill 1\n',
  'pids.current': '7\n',
  'cpu.stat': 'usage_usec 2500000\nuser_usec 2000000\nsystem_usec 500000\n',
};
