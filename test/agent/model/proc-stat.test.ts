import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { isDead, isStopped, parseProcStat } from '../../../agent/model/proc-stat.ts';

/** A line as the kernel writes it (proc_pid_stat(5)), 52 fields. */
const line = (pid: number, comm: string, state: string, fields: Record<number, number>): string => {
  const rest = Array.from({ length: 49 }, (_, i) => fields[i + 4] ?? i);
  return `${pid} (${comm}) ${state} ${rest.join(' ')}\n`;
};

t.test('a process of our own', async (t) => {
  const stat = parseProcStat(readFileSync('/proc/self/stat', 'utf8'));
  t.match(stat, { pid: process.pid, ppid: process.ppid, state: /^[RS]$/ });
  t.ok(stat && stat.rssPages > 0 && stat.startTime > 0 && stat.cpuTicks >= 0);
  t.ok(stat && !isDead(stat) && !isStopped(stat));
});

t.test('a child that ends and one that is stopped', async (t) => {
  const child = spawn('/bin/sh', ['-c', 'kill -STOP $$; exit 0'], { stdio: 'ignore' });
  const read = () => parseProcStat(readFileSync(`/proc/${child.pid}/stat`, 'utf8'));
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  for (let stat = read(); stat && !isStopped(stat); stat = read()) await new Promise(setImmediate);
  t.equal(read()?.state, 'T');
  child.kill('SIGKILL');
  await once(child, 'exit');
  t.ok(isDead({ ...(parseProcStat(line(1, 'x', 'Z', {})) ?? assert.fail()) }));
  t.ok(isDead({ ...(parseProcStat(line(1, 'x', 'X', {})) ?? assert.fail()) }));
  t.ok(isStopped({ ...(parseProcStat(line(1, 'x', 't', {})) ?? assert.fail()) }));
});

t.test('the name of a process may hold anything', async () => {
  const count = fc.nat(2 ** 31 - 1);
  const states = fc.constantFrom('R', 'S', 'D', 'Z', 'T', 't', 'X', 'I');
  const numbers = fc.record({
    pid: count,
    ppid: count,
    tpgid: fc.integer(),
    user: count,
    system: count,
  });
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 16 }),
      states,
      numbers,
      count,
      (comm, state, n, startTime) => {
        const fields = { 4: n.ppid, 8: n.tpgid, 14: n.user, 15: n.system, 22: startTime, 24: 7 };
        assert.deepEqual(parseProcStat(line(n.pid, comm, state, fields)), {
          ...{ pid: n.pid, comm, state, ppid: n.ppid, tpgid: n.tpgid, startTime, rssPages: 7 },
          cpuTicks: n.user + n.system,
        });
      },
    ),
  );
});

t.test('what is no such line is null', async (t) => {
  for (const text of [
    '',
    'x',
    '1',
    '1 (sh',
    '(sh) S 1',
    ') 1 (',
    '1 (sh)',
    '1 (sh) S 1 2 3',
    'one (sh) S',
  ]) {
    t.equal(parseProcStat(text), null, JSON.stringify(text));
  }
  const whole = line(1, 'sh', 'S', { 22: 5 });
  for (const cut of [whole.length >> 1, 10, 3])
    t.doesNotThrow(() => parseProcStat(whole.slice(0, cut)));
});

t.test('no text makes it throw', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const stat = parseProcStat(text);
      assert.ok(stat === null || (Number.isInteger(stat.pid) && Number.isInteger(stat.startTime)));
    }),
  );
});
