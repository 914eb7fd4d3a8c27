import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn as spawnPty } from '@lydell/node-pty';
import t from 'tap';
import type { Finding } from '../../../agent/cli/doctor/check.ts';
import { clock } from '../../../agent/cli/doctor/checks/clock.ts';
import { disk } from '../../../agent/cli/doctor/checks/disk.ts';
import { hidepid } from '../../../agent/cli/doctor/checks/hidepid.ts';
import { logout } from '../../../agent/cli/doctor/checks/logout.ts';
import { needrestart } from '../../../agent/cli/doctor/checks/needrestart.ts';
import { pressure } from '../../../agent/cli/doctor/checks/pressure.ts';
import { socketInTmp } from '../../../agent/cli/doctor/checks/socket-in-tmp.ts';
import { tmuxOptions } from '../../../agent/cli/doctor/checks/tmux-options.ts';
import { tmuxVersion } from '../../../agent/cli/doctor/checks/tmux-version.ts';
import { checks } from '../../../agent/cli/doctor/checks.ts';
import { type Machine, machineAt } from '../../../agent/cli/doctor/machine.ts';
import type { WitnessStatus } from '../../../agent/model/status/evidence-status.ts';
import { booted, inScope, machineWith, only, server, statuses, uid } from './doctor-machine.ts';
import { startFakeAgent } from './fake-agent.ts';
import { runCli } from './run-cli.ts';
import { statusOf } from './sample.ts';

t.test('sockets below a /tmp that is cleaned', async (t) => {
  const tmp = { ...booted, '/usr/lib/tmpfiles.d/tmp.conf': '# /tmp\nq /tmp 1777 root root 10d\n' };
  const found = await only(socketInTmp, machineWith(t, tmp));
  t.match(found, { id: 'socket-in-tmp', status: 'warn', detail: /unused for 10d is deleted/ });
  t.equal(found.fix, "echo 'x /tmp/tmux-*' | sudo tee /etc/tmpfiles.d/tmux.conf");
  const mended = { ...tmp, '/etc/tmpfiles.d/tmux.conf': 'x /tmp/tmux-*\n' };
  t.equal(await statuses(socketInTmp, machineWith(t, mended)), 'ok', 'after the fix');
  const overridden = { ...tmp, '/etc/tmpfiles.d/tmp.conf': 'q /tmp 1777 root root -\n' };
  t.equal(await statuses(socketInTmp, machineWith(t, overridden)), 'ok', '/etc hides /usr/lib');
  const elsewhere = [{ ...server, socket: '/run/user/1000/tmux' }];
  t.equal(await statuses(socketInTmp, machineWith(t, tmp), elsewhere), 'ok');
  const { '/run/systemd/system/.keep': _, ...unbooted } = tmp;
  t.equal(await statuses(socketInTmp, machineWith(t, unbooted)), 'ok', 'nobody cleans');
});

t.test('what logind ends at a logout', async (t) => {
  const debian = { ...inScope, '/etc/systemd/logind.conf': '[Login]\n#KillUserProcesses=no\n' };
  const lingering = { '/var/lib/systemd/linger/ada': '' };
  const linger = await only(logout, machineWith(t, debian));
  t.match(linger, {
    status: 'warn',
    fix: 'sudo loginctl enable-linger ada',
    detail: /lingering is off/,
  });
  t.equal(await statuses(logout, machineWith(t, { ...debian, ...lingering })), 'ok');

  const kills = { '/etc/systemd/logind.conf.d/x.conf': '[Login]\nKillUserProcesses=yes\n' };
  const killing = await only(logout, machineWith(t, { ...debian, ...lingering, ...kills }));
  t.match(killing, { status: 'warn', detail: /logind kills what is left there/ });
  t.match(killing.fix, /KillUserProcesses=no.*keep-tmux\.conf/);
  const stronger = { '/etc/systemd/logind.conf.d/y.conf': '[Login]\nKillUserProcesses=no\n' };
  const mended = { ...debian, ...lingering, ...kills, ...stronger };
  t.equal(await statuses(logout, machineWith(t, mended)), 'ok', 'the last file wins');
  t.equal(
    await statuses(logout, machineWith(t, { ...inScope, ...lingering })),
    'warn',
    'upstream kills',
  );

  const manager = {
    '/proc/90/cgroup': '0::/user.slice/user-1000.slice/user@1000.service/app.slice/t.scope\n',
  };
  t.equal(await statuses(logout, machineWith(t, { ...debian, ...kills, ...manager })), 'warn');
  t.equal(
    await statuses(logout, machineWith(t, { ...debian, ...kills, ...manager, ...lingering })),
    'ok',
  );
  const service = {
    '/proc/90/cgroup': '0::/holdfast.slice/holdfast-sessions.slice/holdfast-tmux@ada.service\n',
  };
  t.equal(await statuses(logout, machineWith(t, { ...debian, ...kills, ...service })), 'ok');
  const hybrid = {
    '/proc/90/cgroup': '12:memory:/\n1:name=systemd:/user.slice/session-3.scope\n0::/\n',
  };
  t.equal(await statuses(logout, machineWith(t, { ...debian, ...hybrid })), 'warn');
  t.equal(await statuses(logout, machineWith(t, booted)), 'unknown');
  t.equal(await statuses(logout, machineWith(t, {})), 'ok', 'no systemd');
});

t.test('options of a real tmux that end sessions', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'hfc-tmux-'));
  const socket = join(directory, 's');
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-f', '/dev/null', '-S', socket, ...args], { encoding: 'utf8' }).trim();
  tmux('new-session', '-d', '-s', 'a');
  // Somebody is attached: otherwise the options would end everything before they are found.
  const person = spawnPty('tmux', ['-S', socket, 'attach'], { cols: 80, rows: 24 });
  const gonePerson = new Promise((resolve) => person.onExit(resolve));
  while (tmux('list-clients') === '') await new Promise((resolve) => setImmediate(resolve));
  t.teardown(async () => {
    tmux('kill-server');
    await gonePerson;
    rmSync(directory, { recursive: true, force: true });
  });
  const machine = machineAt('/', { uid, stateDir: '/' });
  const pid = Number(tmux('display-message', '-p', '#{pid}'));
  const own = [{ ...server, server: 'own', socket, pid }];
  t.equal(await statuses(tmuxOptions, machine, own), 'ok');
  tmux('set-option', '-s', 'exit-unattached', 'on');
  const found = await only(tmuxOptions, machine, own);
  t.match(found, { status: 'warn', title: 'exit-unattached is on on own' });
  execFileSync('sh', ['-c', found.fix ?? 'false']);
  t.equal(await statuses(tmuxOptions, machine, own), 'ok', 'the fix is the command that fixes it');
  tmux('set-option', '-g', 'destroy-unattached', 'on');
  t.match(await only(tmuxOptions, machine, own), { fix: /set-option -g destroy-unattached off$/ });
  tmux('set-option', '-g', 'destroy-unattached', 'off');
  const odd = [{ ...server, server: 'odd', socket: `${socket}$(touch owned)`, pid: 1 }];
  const asked: Machine = { ...machine, ownerOf: () => uid, run: async () => 'on' };
  const [first] = await tmuxOptions(asked, odd, null);
  t.ok(
    first?.fix?.startsWith(`tmux -S '${socket}$(touch owned)' `),
    'a command to be typed runs nothing else',
  );
  const notOwner = { ...machine, uid: uid + 1 };
  t.match(await only(tmuxOptions, notOwner, own), { status: 'unknown', detail: /is not asked/ });
  const elsewhere = (path: string) => (path === directory ? uid + 1 : machine.ownerOf(path));
  t.match(
    await only(tmuxOptions, { ...machine, ownerOf: elsewhere }, own),
    { status: 'unknown', detail: /is not asked/ },
    'whose directory it is can put another server there',
  );
  const gone = own.map((one) => ({ ...one, socket: join(directory, 'none') }));
  t.equal(await statuses(tmuxOptions, machine, gone), 'unknown');
  t.equal(await statuses(tmuxOptions, machine, [{ ...server, pid: null }]), '', 'none is started');
});

t.test('needrestart', async (t) => {
  const main = { '/etc/needrestart/needrestart.conf': "#$nrconf{restart} = 'l';\n" };
  const found = await only(needrestart, machineWith(t, main));
  t.equal(found.status, 'warn');
  const rule = /echo '(.*)' \| sudo tee (\S+)/.exec(found.fix ?? '') ?? [];
  const mended = { ...main, [rule[2] ?? '']: `${rule[1]}\n` };
  t.equal(await statuses(needrestart, machineWith(t, mended)), 'ok', 'after the fix');
  const lists = { ...main, '/etc/needrestart/conf.d/a.conf': "$nrconf{restart} = 'l';\n" };
  t.equal(await statuses(needrestart, machineWith(t, lists)), 'ok');
  t.equal(await statuses(needrestart, machineWith(t, {})), 'ok');
});

t.test('disk, clock, /proc, tracing, pressure, tmux', async (t) => {
  const space = (bavail: number, ffree: number) =>
    machineWith(
      t,
      {},
      {
        space: () => ({
          ...{ type: 0, frsize: 4096, bsize: 4096, blocks: 1e7, bfree: 0, files: 1e6 },
          bavail,
          ffree,
        }),
      },
    );
  t.equal(await statuses(disk, space(5e6, 9e5)), 'ok');
  t.equal(await statuses(disk, space(1e5, 9e5)), 'warn', '1 %');
  t.match(await only(disk, space(5e6, 10)), { status: 'warn', title: /hardly any more files/ });
  t.equal(await statuses(disk, machineWith(t, {}, { space: () => null })), 'unknown');

  const says = (answer: string | null) => machineWith(t, {}, { run: async () => answer });
  t.equal(await statuses(clock, says('yes')), 'ok');
  t.match(await only(clock, says('no')), { status: 'warn', fix: 'sudo timedatectl set-ntp true' });
  t.equal(await statuses(clock, says(null)), 'unknown');

  const mounts = (text: string) => machineWith(t, { '/proc/mounts': `${text}\n` });
  t.equal(await statuses(hidepid, mounts('proc /proc proc rw,nosuid 0 0')), 'ok');
  t.equal(await statuses(hidepid, mounts('proc /proc proc rw,hidepid=invisible 0 0')), 'warn');
  t.equal(await statuses(hidepid, mounts('proc /proc proc rw,hidepid=0 0 0')), 'ok');
  t.equal(await statuses(hidepid, machineWith(t, {})), 'unknown');
  t.equal(await statuses(pressure, machineWith(t, { '/proc/pressure/memory': 'some' })), 'ok');
  t.equal(await statuses(pressure, machineWith(t, {})), 'warn');

  t.match(await only(tmuxVersion, says('tmux 3.2a')), {
    status: 'warn',
    title: 'tmux 3.2a is old',
  });
  t.match(await only(tmuxVersion, says('tmux 2.9')), { status: 'warn' });
  t.equal(await statuses(tmuxVersion, says('tmux 3.3a')), 'ok');
  t.equal(await statuses(tmuxVersion, says('tmux master')), 'ok');
  t.match(await only(tmuxVersion, says(null)), { status: 'warn', title: 'tmux is not installed' });
});

t.test('no check fails on a machine that has nothing', async (t) => {
  const machine = machineWith(t, {}, { run: async () => null });
  for (const check of checks) {
    for (const servers of [[], [server], [{ ...server, pid: null }]]) {
      const findings = await check(machine, servers, null);
      t.ok(findings.every(({ status, fix }) => status === 'warn' || fix === null));
    }
  }
});

t.test('a program that hangs is given up', async (t) => {
  t.equal(await machineAt('/', { uid, stateDir: '/' }).run('sleep', ['60']), null);
});

t.test('doctor itself, with and without an agent', async (t) => {
  const socket = '/nonexistent/\x1b[2Js';
  const [line] = statusOf().servers;
  if (!line) throw new Error('the sample has a server');
  const unlimited = 'no delegation';
  const directory = mkdtempSync(join(tmpdir(), 'hfc-tmux-'));
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-f', '/dev/null', '-S', join(directory, 's'), ...args], {
      encoding: 'utf8',
    });
  tmux('new-session', '-d', 'sleep 60');
  t.teardown(() => {
    tmux('kill-server');
    rmSync(directory, { recursive: true, force: true });
  });
  const pid = Number(tmux('display-message', '-p', '#{pid}'));
  const servers = [
    { ...line, server: 'odd\x1b[2J', socket, pid, unlimited },
    { ...line, server: 'old', socket, pid: process.pid },
  ];
  const witness: WitnessStatus = {
    ...{ state: 'absent', why: 'none runs', method: null, realTime: null, since: null, lost: 0 },
  };
  const { home } = await startFakeAgent(t, { status: () => statusOf({ servers, witness }) });
  const env = { TMUX_TMPDIR: '/nonexistent' };
  const [text, json, alone] = await Promise.all([
    runCli(['doctor', '--all', '--home', home], { env }),
    runCli(['doctor', '--home', home, '--json'], { env }),
    runCli(['doctor', '--home', '/nonexistent', '--json'], { env }),
  ]);
  const found = JSON.parse(json.stdout);
  t.equal(found.schema, 1);
  const warnings = found.checks.filter(({ status }: Finding) => status === 'warn');
  t.equal(json.code, warnings.length > 0 ? 1 : 0);
  t.notMatch(text.stdout, /\x1b/);
  t.match(text.stdout, new RegExp(`^${warnings.length} warnings?, \\d+ in order`, 'm'));
  t.match(text.stdout, /odd/);
  t.match(text.stdout, /who sends a signal is not seen\n *none runs/, 'as the agent says');
  t.match(text.stdout, /limits of sessions on odd.* are not in force\n *no delegation/);
  t.notOk(JSON.parse(alone.stdout).checks.some(({ id }: Finding) => id === 'oom-score'));
  const score = Number(readFileSync('/proc/self/oom_score_adj', 'utf8'));
  const [oom, old] = found.checks.filter(({ id }: Finding) => id === 'oom-score');
  t.equal(oom.status, score > 0 ? 'warn' : 'ok', 'the process is really looked at');
  t.match(old, { status: 'unknown', title: /of old$/ }, 'another process has its pid by now');
});
