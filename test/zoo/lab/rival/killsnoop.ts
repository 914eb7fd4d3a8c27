import { until } from '../../../lab/until.ts';
import type { Rival } from '../rival.ts';

const file = '/run/zoo-killsnoop';
const unit = 'zoo-killsnoop';
const startLimitMs = 180_000;

/** A line: time, pid, comm, signal, target, result (killsnoop.bt of the package bpftrace). */
export const killsnoop: Rival = {
  name: 'killsnoop',
  sentence: 'killsnoop.bt of bpftrace, as Debian ships it: it traces the system call kill',
  async start(machine) {
    const command = `exec killsnoop.bt >${file} 2>&1`;
    await machine.must(`systemd-run --quiet --collect --unit=${unit} sh -c '${command}'`);
    await until('killsnoop watches', () => machine.must(`grep Tracing ${file}`), startLimitMs);
  },
  stop: (machine) => machine.must(`systemctl stop ${unit}`),
  told: (machine, victims) => machine.must(`grep -wE '${victims.join('|')}' ${file} || true`),
};
