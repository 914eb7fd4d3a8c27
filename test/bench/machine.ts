import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';

/** What the figures were measured on. */
export interface Machine {
  processors: number;
  model: string;
  memoryMb: number;
  kernel: string;
  tmux: string;
  node: string;
}

export const thisMachine = (): Machine => ({
  processors: cpus().length,
  model: cpus()[0]?.model.trim() ?? 'unknown',
  memoryMb: Math.round(totalmem() / 1e6),
  kernel: release(),
  tmux: execFileSync('tmux', ['-V'], { encoding: 'utf8' }).trim().replace('tmux ', ''),
  node: process.version,
});

export const machineLine = (machine: Machine): string =>
  [
    `${machine.processors} x ${machine.model}`,
    `${machine.memoryMb} MB`,
    `Linux ${machine.kernel}`,
    `tmux ${machine.tmux}`,
    `Node ${machine.node}`,
  ].join(', ');
