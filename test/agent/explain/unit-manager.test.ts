import t from 'tap';
import { isControlOf, isManagerOf } from '../../../agent/explain/unit-manager.ts';

const service = '/user.slice/user-1000.slice/user@1000.service';
const victim = { cgroup: `${service}/app.slice/web.service` };
const first = { pid: 1 };
const orphan = [first];

t.test('a manager is the first process, or what that runs for a user', async (t) => {
  t.ok(isManagerOf({ pid: 1, cgroup: null, ancestry: [] }, victim));
  const manager = { pid: 9, cgroup: `${service}/init.scope`, ancestry: orphan };
  t.ok(isManagerOf(manager, victim));
  t.notOk(isManagerOf({ ...manager, ancestry: [{ pid: 9 }, first] }, victim), 'what moved there');
  t.notOk(isManagerOf({ ...manager, ancestry: [] }, victim), 'its parent was not seen');
  for (const cgroup of [
    '/system.slice/web.service',
    '/user.slice/user-1001.slice/user@1001.service/web.service',
    '/user.slice/user-1000.slice/session-3.scope',
    null,
  ]) {
    t.notOk(isManagerOf(manager, { cgroup }), `not of ${cgroup}`);
  }
});

t.test('any other group may be called init.scope', async (t) => {
  for (const cgroup of [
    '/init.scope',
    '/user@1000.service/init.scope',
    `${service}/app.slice/init.scope`,
    `${service}/app.slice/web.service/init.scope`,
    `${service}/init.scope/x`,
    '/user.slice/user-1001.slice/user@1000.service/init.scope',
    '/holdfast.slice/holdfast-sessions.slice/holdfast-tmux@deploy.service/session-1/init.scope',
    null,
  ]) {
    t.notOk(isManagerOf({ pid: 9, cgroup, ancestry: orphan }, victim), `${cgroup}`);
    t.notOk(isManagerOf({ pid: 9, cgroup, ancestry: orphan }, { cgroup }), `${cgroup}, of its own`);
  }
});

t.test(
  'what stops a unit is the child of the first process, or by the job a grandchild',
  async (t) => {
    const unit = '/holdfast.slice/holdfast-sessions.slice/holdfast-tmux@deploy.service';
    const server = { cgroup: `${unit}/server` };
    const script = { cgroup: `${unit}/.control`, ancestry: orphan };
    const child = { ...script, ancestry: [{ pid: 9 }, first] };
    t.ok(isControlOf(script, server, false));
    t.notOk(isControlOf(child, server, false));
    t.ok(isControlOf(child, server, true));
    t.notOk(isControlOf({ ...script, ancestry: [{ pid: 9 }, { pid: 8 }, first] }, server, true));
    t.notOk(isControlOf({ ...script, ancestry: [] }, server, true));
    for (const cgroup of [`${unit}/session-1/.control`, '/system.slice/a.service/.control', null]) {
      t.notOk(isControlOf({ ...script, cgroup }, server, true), `${cgroup}`);
    }
    const job = { cgroup: `${service}/app.slice/web.service/.control`, ancestry: orphan };
    t.notOk(isControlOf(job, victim, true), 'units of a user are not of the first process');
  },
);
