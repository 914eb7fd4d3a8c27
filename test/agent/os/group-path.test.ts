import t from 'tap';
import { groupPathOf } from '../../../agent/os/group-path.ts';

t.test('the path of a process in cgroup v2', async (t) => {
  const proc = t.testdir({
    7: { cgroup: '1:name=systemd:/old\n0::/system.slice/a.service\n' },
    8: { cgroup: '1:name=systemd:/old\n' },
  });
  const kernel = { proc, cgroup: '/sys/fs/cgroup' };
  t.equal(groupPathOf(7, kernel), '/system.slice/a.service');
  t.equal(groupPathOf(8, kernel), null, 'v1 alone');
  t.equal(groupPathOf(9, kernel), null, 'it is gone');
});
