import t from 'tap';
import type { ProcStat } from '../../../../agent/model/proc-stat.ts';
import {
  type ProcessReading,
  residentBytes,
  shareOf,
  ticksOf,
} from '../../../../agent/observe/machine/process-reading.ts';
import { createTopProcesses } from '../../../../agent/observe/machine/top-processes.ts';

const stat = (pid: number, ppid: number, more: Partial<ProcStat> = {}): ProcStat => ({
  ...{ pid, ppid, comm: 'sh', state: 'S', tpgid: -1, cpuTicks: 0, startTime: 1, rssPages: 1 },
  ...more,
});

const reading = (at: number, ...stats: ProcStat[]): ProcessReading => ({
  at,
  cpu: { busy: 0, total: 0 },
  processes: new Map(stats.map((each) => [each.pid, each])),
});

t.test(
  'what a process used is counted from its own start, not from that of another with its pid',
  async (t) => {
    const before = reading(1000, stat(7, 1, { cpuTicks: 50 }));
    t.equal(ticksOf(stat(7, 1, { cpuTicks: 80 }), before), 30);
    t.equal(ticksOf(stat(7, 1, { cpuTicks: 80, startTime: 2 }), before), 0);
    t.equal(ticksOf(stat(8, 1, { cpuTicks: 80 }), before), 0);
    t.equal(shareOf(30, before, 2000), 0.3);
    t.equal(shareOf(30, before, 1000), 0, 'no time has passed');
  },
);

t.test('the largest processes come first, each command redacted once', async (t) => {
  const redacted: string[] = [];
  const top = createTopProcesses((text) => {
    redacted.push(text);
    return 'clean '.repeat(20);
  });
  const small = stat(process.ppid, 0, { rssPages: 1 });
  const large = stat(process.pid, process.ppid, { rssPages: 2 });
  const now = reading(2000, small, large);
  const [first, second] = top(now, reading(1000));
  t.match(first, { pid: process.pid, rssBytes: residentBytes(large), cpu: 0 });
  t.equal(first?.command.length, 60);
  t.equal(second?.pid, process.ppid);
  const asked = redacted.length;
  top(now, now);
  t.equal(redacted.length, asked);
});

t.test('one that ends before its command is read has its short name', async (t) => {
  const top = createTopProcesses((text) => text);
  t.match(top(reading(2000, stat(2 ** 22 + 1, 1)), reading(1000)), [{ command: '[sh]' }]);
});
