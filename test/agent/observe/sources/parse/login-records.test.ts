import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import {
  layoutOf,
  loginRecords,
} from '../../../../../agent/observe/sources/parse/login-records.ts';
import { type Login, loginBytes, utmp } from '../login-file.ts';

const at = 1795274341250;
const read = (logins: Login[], arch: 'x64' | 'arm64' = 'x64') => {
  const bytes = Buffer.concat(logins.map((login) => loginBytes(login, arch)));
  return loginRecords(bytes, layoutOf(arch), 'logins');
};
const boot: Login = { type: utmp.boot, at, line: '~', user: 'reboot', host: '6.12.107' };
const down: Login = { type: utmp.runLevel, at: at + 9, line: '~~', user: 'shutdown' };
const login: Login = { type: utmp.login, at: at + 1, pid: 912, line: 'pts/0', user: 'deploy' };
const logout: Login = { type: utmp.dead, at: at + 2, pid: 912, line: 'pts/0' };

for (const arch of ['x64', 'arm64'] as const) {
  t.test(`starts, stops, logins and logouts on ${arch}`, async (t) => {
    t.match(read([boot, login, logout, down], arch), [
      { kind: 'boot-record', at, source: 'logins', what: 'boot' },
      { kind: 'terminal-login', at: at + 1, phase: 'begun', user: 'deploy', terminal: 'pts/0' },
      { kind: 'terminal-login', at: at + 2, phase: 'ended', user: 'deploy', pid: 912 },
      { kind: 'boot-record', at: at + 9, what: 'shutdown' },
    ]);
  });
}

t.test('an end whose beginning was not read is nobody’s', async (t) => {
  t.match(read([logout]), [{ phase: 'ended', user: null }]);
});

/** tmux of Debian has its panes written down by utempter(3). */
t.test('panes of tmux are no logins', async (t) => {
  const pane: Login = { ...login, host: 'tmux(4711).%3' };
  t.same(read([pane, logout]), []);
  t.match(read([pane, logout, { ...login, host: '192.0.2.7' }]), [{ phase: 'begun' }]);
});

t.test('other records are left out: a change of runlevel, of the clock, a getty', async (t) => {
  const others = [
    { ...down, user: 'runlevel' },
    ...[0, 3, 4, 5, 6, 9, -1].map((type) => ({ ...login, type })),
    { ...login, line: '' },
  ];
  t.same(read(others), []);
});

t.test('a torn record at the end is left out', async (t) => {
  const bytes = Buffer.concat([loginBytes(boot), loginBytes(login).subarray(0, 383)]);
  t.equal(loginRecords(bytes, layoutOf('x64'), 'logins').length, 1);
});

t.test('it reads anything', async () => {
  const bytes = fc.uint8Array({ maxLength: 1200 });
  fc.assert(
    fc.property(bytes, fc.constantFrom('x64', 'arm64'), (junk, arch) => {
      loginRecords(Buffer.from(junk), layoutOf(arch), 'logins');
    }),
  );
});

const hasLast = (): boolean => {
  try {
    execFileSync('last', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const canAsk = process.arch === 'x64' && hasLast();

t.test(
  'last(1) reads the records of these tests the same',
  { skip: !canAsk && 'no last(1)' },
  async (t) => {
    const directory = mkdtempSync(join(tmpdir(), 'hf-wtmp-'));
    t.teardown(() => rmSync(directory, { recursive: true }));
    const path = join(directory, 'wtmp');
    writeFileSync(path, Buffer.concat([boot, login, logout].map((one) => loginBytes(one))));
    const told = execFileSync('last', ['-f', path, '--time-format', 'iso'], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'UTC' },
    });
    const day = new Date(at).toISOString().slice(0, 19);
    t.match(told, new RegExp(`deploy +pts/0 .*${day}`));
    t.match(told, new RegExp(`reboot +system boot .*${day}`));
  },
);
