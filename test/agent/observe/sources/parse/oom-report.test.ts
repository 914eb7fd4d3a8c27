import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { oomReports } from '../../../../../agent/observe/sources/parse/oom-report.ts';

const at = 1795274341112;
const reports = (...texts: string[]) =>
  oomReports(
    texts.map((text) => ({ at, text })),
    'kernel-log',
  );

/** Recorded from kernel 6.18, a limit of 50 MB in a cgroup of its own. */
const summary =
  'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/probe-xyz,task_memcg=/probe-xyz/a,task=oomxyz,pid=17515,uid=0';
const killed =
  'Memory cgroup out of memory: Killed process 17515 (oomxyz) total-vm:53876kB, anon-rss:50944kB, file-rss:952kB, shmem-rss:0kB, UID:0 pgtables:144kB oom_score_adj:0';

t.test(
  'a limit of a cgroup: whose it was, who was killed, how much memory that one had',
  async (t) => {
    t.same(reports('Tasks state (memory values in pages):', summary, killed), [
      {
        ...{ kind: 'oom-kill', at, source: 'kernel-log', pid: 17515, comm: 'oomxyz', uid: 0 },
        ...{ ranOut: 'cgroup', limitGroup: '/probe-xyz', victimGroup: '/probe-xyz/a' },
        rssBytes: (50944 + 952) * 1024,
        text: 'the kernel killed oomxyz (pid 17515): memory ran out in /probe-xyz',
      },
    ]);
  },
);

/** mm/oom_kill.c: without a cgroup there is `global_oom` in its place. */
t.test('the memory of the whole machine', async (t) => {
  const line =
    'oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=user.slice,mems_allowed=0,global_oom,task_memcg=/user.slice/user-1000.slice/session-3.scope,task=tmux: server,pid=912,uid=1000';
  t.match(reports(line), [
    {
      ...{ ranOut: 'machine', limitGroup: null, comm: 'tmux: server', uid: 1000, rssBytes: null },
      victimGroup: '/user.slice/user-1000.slice/session-3.scope',
      text: 'the kernel killed tmux: server (pid 912): the machine ran out of memory',
    },
  ]);
});

t.test('a cgroup whose processes are killed together', async (t) => {
  const line = 'Tasks in /a.slice/b.scope are going to be killed due to memory.oom.group set';
  t.match(reports(line), [{ kind: 'oom-group', group: '/a.slice/b.scope' }]);
});

t.test('sizes belong to the kill of the same process alone', async (t) => {
  t.match(reports(summary, killed.replaceAll('17515', '17516')), [{ rssBytes: null }]);
  t.same(reports(killed), [], 'without the summary nobody knows why');
});

t.test('a name that reads like other parts of the line', async (t) => {
  const name = (comm: string) => reports(summary.replace('task=oomxyz', `task=${comm}`));
  t.match(name('x,pid=1,uid=2'), [{ comm: 'x,pid=1,uid=2', pid: 17515, uid: 0 }]);
  t.match(name(',task_memcg=/b'), [{ comm: ',task_memcg=/b', victimGroup: '/probe-xyz/a' }]);
  t.match(name('a,task=b'), [{ pid: 17515, victimGroup: null, limitGroup: null }]);
  const group = summary.replace('/probe-xyz,', '/u,task_memcg=/other,');
  t.match(reports(group), [{ pid: 17515, victimGroup: null, limitGroup: null }]);
});

t.test('whatever a task is called, its pid is the true one', async () => {
  const comm = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 15 });
  fc.assert(
    fc.property(comm, fc.nat(4_194_304), (task, pid) => {
      const [fact] = reports(summary.replace(/task=.*/, () => `task=${task},pid=${pid},uid=7`));
      assert.ok(fact?.kind === 'oom-kill' && fact.pid === pid && fact.uid === 7);
    }),
  );
});

t.test('torn lines are none, and it reads anything', async () => {
  for (let end = 0; end < summary.length; end += 1) {
    assert.ok(reports(summary.slice(0, end)).every((fact) => 'uid' in fact && fact.uid === 0));
  }
  assert.deepEqual(reports(summary.slice(0, -6)), []);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (lines) => void reports(...lines)),
  );
});
