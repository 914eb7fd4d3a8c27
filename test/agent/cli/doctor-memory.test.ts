import t from 'tap';
import { memoryLimit } from '../../../agent/cli/doctor/checks/memory-limit.ts';
import { oomScore } from '../../../agent/cli/doctor/checks/oom-score.ts';
import { inScope, machineWith, only, server, statuses } from './doctor-machine.ts';

t.test('a memory limit', async (t) => {
  const group = '/user.slice/user-1000.slice/session-3.scope';
  const limits = (own: string, above: string) => ({
    ...inScope,
    [`/sys/fs/cgroup${group}/memory.max`]: `${own}\n`,
    '/sys/fs/cgroup/user.slice/user-1000.slice/memory.max': `${above}\n`,
  });
  const found = await only(memoryLimit, machineWith(t, limits('max', 'max')));
  t.equal(found.fix, 'sudo systemctl set-property user-1000.slice MemoryMax=75%');
  t.equal(
    await statuses(memoryLimit, machineWith(t, limits('max', '1000000'))),
    'ok',
    'also above',
  );
  t.equal(await statuses(memoryLimit, machineWith(t, inScope)), 'unknown', 'no cgroup v2');
  const service = {
    '/proc/90/cgroup': '0::/system.slice/bot.service\n',
    '/sys/fs/cgroup/system.slice/bot.service/memory.max': 'max\n',
  };
  t.match(await only(memoryLimit, machineWith(t, service)), { fix: /set-property bot\.service/ });
  const bare = { '/proc/90/cgroup': '0::/init\n', '/sys/fs/cgroup/init/memory.max': 'max' };
  t.match(await only(memoryLimit, machineWith(t, bare)), { status: 'warn', fix: null });
});

t.test('limits of sessions', async (t) => {
  const scope = '/sys/fs/cgroup/user.slice/user-1000.slice/session-3.scope';
  const machine = machineWith(t, { ...inScope, [`${scope}/memory.max`]: 'max\n' });
  const [bot, work] = [
    { session: 'bot', memoryMax: 2 ** 26 },
    { session: 'work', memoryMax: null },
  ];
  const every = await only(memoryLimit, machine, [{ ...server, sessions: [bot] }]);
  t.match(every, { status: 'ok', detail: /each of its sessions/ });
  const some = await only(memoryLimit, machine, [{ ...server, sessions: [bot, work] }]);
  t.match(some, { status: 'warn', detail: /one session, as work, which has none, can/ });
  t.match(await only(memoryLimit, machine, [{ ...server, sessions: [work] }]), {
    detail: 'one session can use up the memory of the whole machine',
  });
  const unlimited = 'no unit with Delegate=yes runs the server';
  const [, lacking, ...more] = await memoryLimit(machine, [{ ...server, unlimited }], null);
  t.match(lacking, {
    ...{ id: 'memory-limit', status: 'warn', detail: unlimited, fix: null },
    title: 'limits of sessions on default are not in force',
  });
  t.strictSame(more, []);
});

t.test('the OOM score', async (t) => {
  const score = (text: string) => machineWith(t, { '/proc/90/oom_score_adj': text });
  t.match(await only(oomScore, score('200\n')), { status: 'warn', fix: 'sudo choom -p 90 -n 0' });
  t.equal(await statuses(oomScore, score('0\n')), 'ok');
  t.equal(await statuses(oomScore, score('-500\n')), 'ok');
  t.equal(await statuses(oomScore, machineWith(t, {})), 'unknown');
});
