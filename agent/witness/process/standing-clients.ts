import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { realKernel } from '../../model/cgroup.ts';
import { isClient } from '../../model/tmux-client.ts';
import { textOf } from '../../os/text-of.ts';
import { monotonicNow } from '../clock.ts';
import { lookAt } from './proc.ts';
import type { ProcessLife } from './process-life.ts';

/** Whether a client of tmux has that pid now. */
export const isClientNow = (pid: number, proc = realKernel.proc): boolean =>
  isClient((textOf(join(proc, String(pid), 'comm')) ?? '').trimEnd());

/** As if its beginning had been seen: once it has ended, nobody can look any more. */
const lifeOf = (pid: number, proc: string): ProcessLife[] => {
  const at = monotonicNow();
  const seen = lookAt(pid, at, proc);
  if (!seen || !isClient(seen.stat.comm)) return [];
  const { argv, stat } = seen;
  const execs = [{ at, file: null, began: true, argv }];
  return [{ pid, parent: stat.ppid, beganAt: null, execs, endedAt: null, comm: stat.comm }];
};

/** Clients of tmux that began before anything was recorded, and last. */
export const standingClients = (proc = realKernel.proc): ProcessLife[] =>
  readdirSync(proc)
    .filter((name) => /^\d+$/.test(name) && isClientNow(Number(name), proc))
    .flatMap((name) => lifeOf(Number(name), proc));
