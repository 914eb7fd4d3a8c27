import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import type { ProcStat } from '../../../../agent/model/proc-stat.ts';
import type { LifeSample } from '../../../../agent/model/samples.ts';
import { ageBeside, createLeaders, readLeader } from '../../../../agent/observe/machine/leaders.ts';
import { statOf } from '../../../../agent/observe/machine/procfs.ts';
import { bot, lifeOf, pane, running } from '../../model/sample.ts';
import { createKernel } from './cgroup/sample-cgroup.ts';

/** /proc/PID/limits as Linux 6.18 writes it. */
const limits = (cpu: string, file: string): string =>
  [
    'Limit                     Soft Limit           Hard Limit           Units     ',
    `Max cpu time              ${cpu}                    seconds   `,
    `Max file size             ${file}            unlimited            bytes     `,
    'Max data size             unlimited            unlimited            bytes     ',
    '',
  ].join('\n');

/** /proc/PID/status of a shell that runs a script with a trap for TERM. */
const status = (caught: string, blocked = '0000000000000000'): string =>
  `Name:\tsh\nSigQ:\t3/96365\nSigPnd:\t0000000000000000\nSigBlk:\t${blocked}\nSigIgn:\t0000000000000004\nSigCgt:\t${caught}\n`;

const setUp = (t: Test) => {
  const { kernel } = createKernel(t.testdir());
  const put = (pid: number, files: Readonly<Record<string, string>>): void => {
    mkdirSync(`${kernel.proc}/${pid}`, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(`${kernel.proc}/${pid}/${name}`, text);
    }
  };
  return { kernel, put };
};

const unlimited = limits('unlimited            unlimited', 'unlimited');

t.test('which signals a process takes care of, and what it may use', async (t) => {
  const { kernel, put } = setUp(t);
  put(7, {
    status: status('0000000000014002'),
    limits: limits('1                    100', '4096'),
  });
  t.strictSame(readLeader(7, kernel), {
    ...{ handles: [2, 15], cpuSoft: 1, cpuHard: 100, fileSize: 4096 },
  });
  put(7, { status: status('0000000000000000', '0000000000000201'), limits: unlimited });
  t.strictSame(readLeader(7, kernel), {
    ...{ handles: [1, 10], cpuSoft: null, cpuHard: null, fileSize: null },
  });
});

t.test('what cannot be read is not taken for nothing', async (t) => {
  const { kernel, put } = setUp(t);
  t.equal(readLeader(7, kernel), null, 'it is gone');
  put(7, { status: status('0000000000000000') });
  t.equal(readLeader(7, kernel), null);
  put(7, { limits: unlimited, status: 'Name:\tsh\n' });
  t.equal(readLeader(7, kernel), null);
});

t.test('this kernel shows it of a process of another name', async (t) => {
  const script = 'trap : TERM; ulimit -t 77; ulimit -f 9; echo; read -r line';
  const child = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const seen = readLeader(child.pid ?? 0);
  t.match(seen, { cpuSoft: 77, cpuHard: 77 });
  t.ok(seen?.fileSize !== null);
  t.ok(seen?.handles.includes(15));
  t.notOk(seen?.handles.includes(24));
});

t.test('how old a process is, by how old this one is', async (t) => {
  const self = statOf(process.pid);
  const ageOf = ageBeside(self);
  const mine = Math.round(process.uptime() * 1000);
  if (!self) throw new Error('this process runs');
  t.ok(Math.abs(ageOf(self) - mine) < 1000);
  t.ok(Math.abs(ageOf({ ...self, startTime: self.startTime - 500 }) - mine - 5000) < 1000);
  t.equal(ageOf({ ...self, startTime: self.startTime + 1e9 }), 0);
  t.equal(ageBeside(null)(self), 0);
});

const stat = (pid: number, cpuTicks: number): ProcStat => ({
  ...{ pid, comm: 'sh', state: 'S', ppid: 1, tpgid: -1, cpuTicks, startTime: 1, rssPages: 1 },
});

const emptySample = (): LifeSample => ({
  ...{ resyncs: 1, lastSeen: 0, lastActivityAt: null, foreground: null, usage: null, recent: [] },
  panes: new Map([['%1', { command: '', historyLines: 0, screen: null }]]),
});

const life = { ...lifeOf(running, bot), panes: [pane(1)] };
const pid = pane(1).pid;

/** The leader of `bot`, which a measure at some time reads, and how old it is then. */
const keeping = (t: Test) => {
  const { kernel, put } = setUp(t);
  let ageMs = 0;
  const leaders = createLeaders(() => ageMs, kernel);
  const sample = emptySample();
  return {
    put,
    measure(at: number, age: number, cpuTicks = 0, of = life) {
      ageMs = age;
      leaders.begin();
      leaders.keep(of, sample, new Map([[pid, stat(pid, cpuTicks)]]), at);
      return sample.panes.get('%1')?.leader?.sample;
    },
    gone(at: number) {
      leaders.begin();
      leaders.keep(life, sample, new Map(), at);
      return sample.panes.get('%1')?.leader?.sample;
    },
  };
};

t.test(
  'a young process is read again sooner, and its processor time at every measure',
  async (t) => {
    const { put, measure } = keeping(t);
    const trapping = { status: status('0000000000004000'), limits: unlimited };
    put(pid, { status: status('0000000000000000'), limits: unlimited });
    t.match(measure(1000, 300), { at: 1000, ageMs: 300, handles: [], cpuMs: 0, cpuAt: 1000 });
    put(pid, trapping);
    t.match(measure(1200, 500, 7), { at: 1000, handles: [], cpuMs: 70, cpuAt: 1200 });
    t.match(measure(1300, 600), { at: 1300, ageMs: 600, handles: [15] }, 'twice as old');
    t.match(measure(200_000, 3_600_000), { at: 200_000, ageMs: 3_600_000 });
    put(pid, { status: status('0000000000000000'), limits: unlimited });
    t.match(measure(259_999, 3_660_000), { at: 200_000, handles: [15] });
    t.match(
      measure(260_000, 3_660_000),
      { at: 260_000, handles: [] },
      'after a minute at the latest',
    );
    t.match(measure(100_000, 3_600_000), { at: 100_000 }, 'a clock that was set back');
  },
);

t.test('what cannot be read any more is not kept', async (t) => {
  const { put, measure } = keeping(t);
  put(pid, { status: status('0000000000004000'), limits: unlimited });
  measure(1000, 300);
  put(pid, { status: 'gone' });
  t.equal(measure(2000, 1300), undefined);
});

t.test('what was last seen of one that is gone stays until its end is recorded', async (t) => {
  const { put, measure, gone } = keeping(t);
  put(pid, { status: status('0000000000004000'), limits: unlimited });
  measure(1000, 300);
  t.match(gone(2000), { at: 1000, handles: [15] });
});

t.test('at one measure only so many are read anew', async (t) => {
  const { kernel, put } = setUp(t);
  const panes = Array.from({ length: 130 }, (_, i) => pane(i + 1));
  const samples = panes.map(
    ({ id }) => [id, { command: '', historyLines: 0, screen: null }] as const,
  );
  const sample = { ...emptySample(), panes: new Map(samples) };
  for (const one of panes) put(one.pid, { status: status('0'), limits: unlimited });
  const processes = new Map(panes.map((one) => [one.pid, stat(one.pid, 0)]));
  const leaders = createLeaders(() => 100_000, kernel);
  const known = () => [...sample.panes.values()].filter((one) => 'leader' in one).length;
  leaders.begin();
  leaders.keep({ ...life, panes }, sample, processes, 1000);
  t.equal(known(), 100);
  leaders.begin();
  leaders.keep({ ...life, panes }, sample, processes, 2000);
  t.equal(known(), 130);
});
