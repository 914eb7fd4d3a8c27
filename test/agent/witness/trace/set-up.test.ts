import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { bufferKib, startInstance } from '../../../../agent/witness/trace/instance.ts';
import { mountTracefs } from '../../../../agent/witness/trace/mount.ts';
import { definedProbes, defineProbes } from '../../../../agent/witness/trace/probe/probes.ts';
import { removeTracing, setUpTracing } from '../../../../agent/witness/trace/set-up.ts';

const events = [
  ...['signal/signal_generate', 'oom/mark_victim', 'sched/sched_process_fork'],
  ...['sched/sched_process_exec', 'sched/sched_process_exit', 'task/task_newtask'],
];

/** A directory like tracefs, with the instances that the kernel would make. */
const fakeTracefs = (t: Test, ...instances: string[]) => {
  const root = mkdtempSync(join(tmpdir(), 'hfw-tracefs-'));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'instances'));
  writeFileSync(join(root, 'dynamic_events'), '');
  for (const name of instances) {
    for (const event of events)
      mkdirSync(join(root, 'instances', name, 'events', event), { recursive: true });
  }
  const read = (name: string, file: string): string =>
    readFileSync(join(root, 'instances', name, file), 'utf8');
  return { root, read };
};

t.test('an instance that is there goes on as it is, with the events it should have', async (t) => {
  const { root, read } = fakeTracefs(t, 'x-signals');
  const filter = 'sig < 32';
  const { pipe } = startInstance('x-signals', [{ event: 'signal/signal_generate', filter }], root);
  t.equal(pipe, join(root, 'instances/x-signals/trace_pipe'));
  t.equal(read('x-signals', 'events/signal/signal_generate/filter'), filter);
  t.equal(read('x-signals', 'events/signal/signal_generate/enable'), '1');
  t.notOk(existsSync(join(root, 'instances/x-signals/trace_clock')), 'what it holds would be lost');
});

t.test('a condition that the kernel refuses gives way to a simpler one', async (t) => {
  const { root } = fakeTracefs(t, 'x');
  const event = 'signal/signal_generate';
  const file = join(root, 'instances/x/events', event, 'filter');
  // A file of the kernel that takes some texts only.
  symlinkSync('/proc/self/coredump_filter', file);
  const before = readFileSync(file, 'utf8');
  startInstance('x', [{ event, filter: 'no', simplerFilter: `0x${before.trim()}` }], root);
  t.equal(readFileSync(file, 'utf8'), before);
  t.throws(() => startInstance('x', [{ event, filter: 'no' }], root), { code: 'EINVAL' });
  t.throws(() => startInstance('x', [{ event, filter: 'no', simplerFilter: 'no' }], root), {
    code: 'EINVAL',
  });
});

t.test('a new one gets its clock and its size', async (t) => {
  const { root, read } = fakeTracefs(t);
  startInstance('x', [], root);
  t.equal(read('x', 'trace_clock'), 'mono');
  t.ok(Number(read('x', 'buffer_size_kb')) >= 16);
  t.throws(() => startInstance('y', [{ event: 'no/such', filter: null }], root), {
    code: 'ENOENT',
  });
});

t.test('many processors share the memory', async (t) => {
  t.same([1, 2, 8, 16, 64, 512].map(bufferKib), [128, 128, 128, 64, 16, 16]);
});

t.test('all of it, where probes were defined before', async (t) => {
  const { root, read } = fakeTracefs(t, 'a-b-signals', 'a-b-lives', 'a-b-arguments');
  const defined = 'p:a_b/entries_12_0 /bin/kill:0x1 argc=x\np:other/entries_9_0 /bin/x:0x1\n';
  writeFileSync(join(root, 'dynamic_events'), defined);
  mkdirSync(join(root, 'instances/a-b-arguments/events/a_b/entries_12_0'), { recursive: true });
  const tracing = setUpTracing('a-b', root);
  t.same(tracing.probes, { kind: 'entries', names: ['entries_12_0'] });
  t.match(tracing, { signals: /a-b-signals/, lives: /a-b-lives/, arguments: /a-b-arguments/ });
  t.equal(read('a-b-arguments', 'events/a_b/entries_12_0/enable'), '1');
  t.match(read('a-b-lives', 'events/sched/sched_process_exec/filter'), /filename/);
});

t.test('no tracing to be had', async (t) => {
  t.throws(() => setUpTracing('a', '/nonexistent'), { code: 'ENOENT' });
  t.throws(() => definedProbes('a', '/nonexistent'), { code: 'ENOENT' });
  t.throws(() => mountTracefs('/nonexistent/at/all'));
});

t.test('the best way the kernel takes is used', async (t) => {
  const { root } = fakeTracefs(t);
  const probes = defineProbes('a_b', '12', root);
  t.equal(probes?.kind, 'function');
  t.same(definedProbes('a_b', root), probes);
  t.equal(definedProbes('a', root), null, 'those of another group');
  rmSync(join(root, 'dynamic_events'));
  mkdirSync(join(root, 'dynamic_events'));
  t.equal(defineProbes('a_b', '12', root), null, 'one that takes none');
});

t.test('removing takes its own away only', async (t) => {
  const { root } = fakeTracefs(t);
  for (const name of ['a-signals', 'a-lives', 'b-signals'])
    mkdirSync(join(root, 'instances', name));
  removeTracing('a', root);
  t.notOk(existsSync(join(root, 'instances/a-signals')));
  t.notOk(existsSync(join(root, 'instances/a-lives')));
  t.ok(existsSync(join(root, 'instances/b-signals')));
});
