import fc from 'fast-check';
import t from 'tap';
import { aptRuns } from '../../../../../agent/observe/sources/parse/apt-history.ts';
import { packageChanges } from '../../../../../agent/observe/sources/parse/dpkg-log.ts';
import type { localTime } from '../../../../../agent/observe/sources/parse/local-time.ts';

const utc = (...[year, month, ...rest]: Parameters<typeof localTime>): number =>
  Date.UTC(year, month - 1, ...rest);
const runs = (text: string) => aptRuns(text, 'packages', utc);
const tmux = new Set(['tmux']);
const changes = (text: string) => packageChanges(text, tmux, 'packages', utc);

/** The shape of /var/log/apt/history.log of apt 2.6 and 3.0. */
const upgrade = `
Start-Date: 2026-11-21  14:20:54
Commandline: apt-get upgrade -y
Requested-By: deploy (1000)
Upgrade: tmux:amd64 (3.5a-3, 3.5a-3+deb13u1), libsystemd0:amd64 (252.38-1~deb12u1, 252.39-1~deb12u2)
Install: libfoo1:amd64 (0.99-1+b1, automatic)
End-Date: 2026-11-21  14:20:58
`;
const unattended = `
Start-Date: 2026-11-22  06:12:43
Commandline: /usr/bin/unattended-upgrade
Upgrade: openssl:amd64 (3.0.16-1, 3.0.17-1)
`;

t.test('a run of apt: when, what, who asked', async (t) => {
  t.same(runs(upgrade), [
    {
      ...{ kind: 'package-run', at: Date.UTC(2026, 10, 21, 14, 20, 54), source: 'packages' },
      ...{ endedAt: Date.UTC(2026, 10, 21, 14, 20, 58), command: 'apt-get upgrade -y' },
      ...{ requestedBy: 'deploy (1000)', packages: 3, tmux: true },
      text: 'apt changed 3 packages: apt-get upgrade -y',
    },
  ]);
});

t.test('one that is not over, or was cut off', async (t) => {
  t.match(runs(upgrade + unattended), [
    { tmux: true },
    { endedAt: null, requestedBy: null, packages: 1, tmux: false },
  ]);
});

t.test('a beginning that is torn, and a package that is only called alike', async (t) => {
  t.equal(runs(upgrade.slice(30) + unattended).length, 1);
  t.match(runs(upgrade.replace('tmux:', 'tmux-themepack:')), [{ packages: 3, tmux: false }]);
});

t.test('a secret in the command line is not kept', async (t) => {
  const text = upgrade.replace('-y', '-o Acquire::https::Password=hunter2secret');
  t.notMatch(JSON.stringify(runs(text)), 'hunter2secret');
  t.equal(runs(text).length, 1);
});

/** Recorded from /var/log/dpkg.log of dpkg 1.21. */
const log = `2026-05-09 07:29:22 install tmux:amd64 <none> 3.3a-3
2026-05-09 07:29:22 status half-installed tmux:amd64 3.3a-3
2026-11-22 04:42:44 upgrade tmux:amd64 3.3a-3 3.3a-4
2026-11-22 04:42:44 upgrade openssl:amd64 3.0.16-1 3.0.17-1
2026-11-22 04:42:44 trigproc fontconfig:amd64 2.14.1-4 <none>
`;

t.test('the moment a package was replaced', async (t) => {
  t.match(changes(log), [
    { action: 'install', package: 'tmux', from: null, to: '3.3a-3' },
    {
      ...{ kind: 'package-change', at: Date.UTC(2026, 10, 22, 4, 42, 44), action: 'upgrade' },
      ...{ from: '3.3a-3', to: '3.3a-4', text: 'upgrade tmux:amd64 3.3a-3 3.3a-4' },
    },
  ]);
  t.equal(changes(log).length, 2);
});

t.test('times are those of the machine', async (t) => {
  const there = new Date(2026, 10, 22, 4, 42, 44).getTime();
  t.equal(packageChanges(log, tmux, 'packages').at(-1)?.at, there);
  t.equal(aptRuns(upgrade, 'packages')[0]?.at, new Date(2026, 10, 21, 14, 20, 54).getTime());
});

t.test('they read anything', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(upgrade.length), (junk, end) => {
      runs(upgrade.slice(0, end) + junk);
      changes(log.slice(0, end) + junk);
    }),
  );
});
