import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { lifeOf, originOf } from '../../../agent/observe/life-of-process.ts';
import { after, bot, instance, running } from '../model/sample.ts';
import { onServer } from '../model/sample-events.ts';

const unit = '/holdfast.slice/holdfast-tmux@deploy.service';

/** A kernel that shows the cgroups of these processes. */
const kernelOf = (t: Test, groups: Record<number, string>) => {
  const proc = mkdtempSync(join(tmpdir(), 'holdfast-proc-'));
  t.teardown(() => rmSync(proc, { recursive: true, force: true }));
  for (const [pid, path] of Object.entries(groups)) {
    mkdirSync(join(proc, pid));
    writeFileSync(join(proc, pid, 'cgroup'), `0::${path}\n`);
  }
  return { proc, cgroup: '/nowhere' };
};

t.test('who left his parents is known by the cgroup of his session', async (t) => {
  const kernel = kernelOf(t, { [instance.pid]: `${unit}/server` });
  const session = `${unit}/session-${bot.tmuxId.slice(1)}`;
  const of = (group: string | null, state = running) =>
    lifeOf(state, { line: [{ pid: 7, startTime: 1 }], group }, kernel)?.session ?? null;
  t.equal(of(session), 'bot');
  t.equal(of(`${session}/below`), 'bot');
  t.equal(of(`${session}0`), null, 'of another session');
  t.equal(of(`${unit}/server`), null);
  t.equal(of(`/other${session}`), null, 'of somebody else, with the same names');
  t.equal(of(`/..${session}`), null);
  t.equal(of(null), null);
  t.equal(of(session, after(running, onServer('server.died'))), null);
});

t.test('where systemd delegated nothing no cgroup is a session', async (t) => {
  const group = '/user.slice/session-1';
  const kernel = kernelOf(t, { [instance.pid]: '/user.slice/session-1.scope' });
  t.equal(lifeOf(running, { line: [], group }, kernel), null);
});

t.test('a process that is gone comes from nowhere', async (t) => {
  const { line, group } = originOf(2 ** 22 + 1);
  t.same(line, []);
  t.equal(group, null);
  t.equal(originOf(process.pid).line[0]?.pid, process.pid);
});
