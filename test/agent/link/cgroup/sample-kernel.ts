import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Kernel } from '../../../../agent/model/cgroup.ts';

export const unitPath = '/holdfast.slice/holdfast-sessions.slice/holdfast-tmux@deploy.service';

const groupFiles = {
  'cgroup.procs': '',
  'memory.max': 'max\n',
  'memory.high': 'max\n',
  'memory.oom.group': '0\n',
  'pids.max': 'max\n',
  'cpu.weight': '100\n',
};

/** Plain files in the shape of /proc and /sys/fs/cgroup: nothing happens when they are written. */
export const createKernel = (directory: string, serverPid: number) => {
  const kernel: Kernel = { proc: join(directory, 'proc'), cgroup: join(directory, 'cgroup') };
  const unit = join(kernel.cgroup, unitPath);

  const put = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const makeGroup = (name: string): void => {
    for (const [file, text] of Object.entries(groupFiles)) put(join(unit, name, file), text);
  };
  const addProcess = (pid: number, ppid: number, group: string): void => {
    put(join(kernel.proc, `${pid}/cgroup`), `0::${unitPath}/${group}\n`);
    const counts = Array.from({ length: 48 }, () => '0').join(' ');
    put(join(kernel.proc, `${pid}/stat`), `${pid} (p) S ${ppid} ${counts}\n`);
    const procs = join(unit, group, 'cgroup.procs');
    put(procs, `${readFileSync(procs, 'utf8')}${pid}\n`);
  };

  put(join(kernel.cgroup, 'cgroup.controllers'), 'cpu memory pids\n');
  put(join(unit, 'cgroup.procs'), '');
  put(join(unit, 'cgroup.subtree_control'), '\n');
  makeGroup('server');
  addProcess(serverPid, 1, 'server');

  return {
    kernel,
    unit,
    makeGroup,
    addProcess,
    put,
    read: (name: string): string => readFileSync(join(unit, name), 'utf8').trim(),
  };
};
