import t from 'tap';
import {
  delegatedUnit,
  isInGroup,
  isSessionGroup,
  sessionGroup,
  unifiedPath,
} from '../../../agent/model/cgroup.ts';

const unit = '/holdfast.slice/holdfast-sessions.slice/holdfast-tmux@deploy.service';

t.test('the line of cgroup v2', async (t) => {
  t.equal(unifiedPath(`0::${unit}/server\n`), `${unit}/server`);
  t.equal(unifiedPath('12:memory:/a\n1:name=systemd:/b\n0::/c\n'), '/c', 'beside those of v1');
  t.equal(unifiedPath('10::/a\n'), null);
  t.equal(unifiedPath(''), null);
});

t.test('what is delegated with a server', async (t) => {
  t.equal(delegatedUnit(`${unit}/server`), unit);
  for (const path of ['', '/', unit, `${unit}/my-server`, `${unit}/server/x`, '/../x/server']) {
    t.equal(delegatedUnit(path), null, path);
  }
});

t.test('a cgroup is in itself, and in what is above it', async (t) => {
  t.ok(isInGroup(unit, unit));
  t.ok(isInGroup(`${unit}/server`, unit));
  t.notOk(isInGroup(unit, `${unit}/server`));
  t.notOk(isInGroup(`${unit}x`, unit), 'names that begin alike are others');
});

t.test('the cgroup of a session', async (t) => {
  t.equal(sessionGroup(unit, '$12'), `${unit}/session-12`);
  t.ok(isSessionGroup(`${unit}/session-12`, '$12'));
  for (const path of ['', `${unit}/session-1`, `${unit}/session-12/x`, `${unit}/xsession-12`]) {
    t.notOk(isSessionGroup(path, '$12'), path);
  }
  t.notOk(isSessionGroup('/../session-12', '$12'), 'outside of what is to be seen');
});
