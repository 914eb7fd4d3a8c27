import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawn as spawnPty } from '@lydell/node-pty';
import t, { type Test } from 'tap';
import type { Finding } from '../../../agent/cli/doctor/check.ts';
import { logout } from '../../../agent/cli/doctor/checks/logout.ts';
import { lostSocket } from '../../../agent/cli/doctor/checks/lost-socket.ts';
import { needrestart } from '../../../agent/cli/doctor/checks/needrestart.ts';
import { socketInTmp } from '../../../agent/cli/doctor/checks/socket-in-tmp.ts';
import { machineAt } from '../../../agent/cli/doctor/machine.ts';
import { carryOut } from '../../../agent/cli/doctor/mend/carry-out.ts';
import { type Mend, stepText } from '../../../agent/cli/doctor/mend/mend.ts';
import { type MendPorts, mendAll } from '../../../agent/cli/doctor/mend/mend-all.ts';
import { mendLines, outcomeLines } from '../../../agent/cli/doctor/mend/words.ts';
import { eventually } from '../../e2e/sampled.ts';
import { booted, inScope, machineWith, only, server, statuses, uid } from './doctor-machine.ts';
import { startFakeAgent } from './fake-agent.ts';
import { mainFile, plainEnv, runCli } from './run-cli.ts';
import { statusOf } from './sample.ts';

const temporary = (t: Test): string => {
  const directory = mkdtempSync(join(tmpdir(), 'hfx-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

const mendOf = ({ mend }: Finding): Mend => {
  if (!mend) throw new Error('it cannot be mended');
  return mend;
};

/** A tmux server with one session, on a socket in a directory of its own. */
const startTmux = (t: Test) => {
  const directory = join(temporary(t), 'sockets');
  mkdirSync(directory, { mode: 0o700 });
  const socket = join(directory, 's');
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-S', socket, ...args], { encoding: 'utf8' }).trim();
  tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'work', 'sleep 1000');
  const pid = Number(tmux('display-message', '-p', '#{pid}'));
  t.teardown(() => process.kill(pid, 'SIGKILL'));
  return { directory, socket, tmux, pid };
};

t.test('a file that is not there is written, and mends', async (t) => {
  const tmp = { ...booted, '/usr/lib/tmpfiles.d/tmp.conf': 'q /tmp 1777 root root 10d\n' };
  const restart = { '/etc/needrestart/needrestart.conf': '' };
  const root = temporary(t);
  for (const [path, text] of Object.entries({ ...tmp, ...restart })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const machine = machineAt(root, { uid, stateDir: '/' });
  for (const check of [socketInTmp, needrestart]) {
    const found = await only(check, machine);
    const mend = mendOf(found);
    t.match(mend, { needsRoot: true, foreign: String, undo: /^rm \/etc\// });
    await carryOut(mend, root);
    t.equal(await statuses(check, machine), 'ok', `${found.id} after it`);
    await carryOut(mend, root);
  }
});

t.test('a file of somebody else stays as it is', async (t) => {
  const root = temporary(t);
  writeFileSync(join(root, 'mine.conf'), 'mine\n');
  const step = { does: 'write', file: '/mine.conf', text: 'x\n' } as const;
  const mend: Mend = { steps: [step], needsRoot: false, foreign: null, undo: '' };
  await t.rejects(carryOut(mend, root), { code: 'mend-refused' });
  t.equal(readFileSync(join(root, 'mine.conf'), 'utf8'), 'mine\n');
});

t.test('lingering is switched on by logind, for that user', async (t) => {
  const conf = { '/etc/systemd/logind.conf': '[Login]\nKillUserProcesses=no\n' };
  const found = await only(logout, machineWith(t, { ...inScope, ...conf }));
  t.match(mendOf(found), {
    steps: [{ does: 'run', program: 'loginctl', args: ['enable-linger', 'ada'] }],
    undo: 'loginctl disable-linger ada',
    needsRoot: true,
  });
  const kills = { '/etc/systemd/logind.conf': '[Login]\nKillUserProcesses=yes\n' };
  const killing = await only(logout, machineWith(t, { ...inScope, ...kills }));
  t.notOk(killing.mend, 'what is so for all users is left to a person');
});

t.test('a lost socket comes back, with its directory, and no session ends', async (t) => {
  const { directory, socket, tmux, pid } = startTmux(t);
  const machine = machineAt('/', { uid, stateDir: '/' });
  const watched = [{ ...server, socket, pid }];
  t.equal(await statuses(lostSocket, machine, watched), 'ok');
  rmSync(directory, { recursive: true });
  const found = await only(lostSocket, machine, watched);
  t.match(found, { status: 'warn', fix: new RegExp(`^mkdir -m 700 .* && kill -USR1 ${pid}$`) });
  await carryOut(mendOf(found));
  // Its file is there a moment before anybody is heard.
  const sessions = await eventually('an answer', () => {
    try {
      return tmux('list-sessions', '-F', '#{session_name}');
    } catch {
      return undefined;
    }
  });
  t.equal(sessions, 'work');
  t.equal(statSync(directory).mode & 0o777, 0o700);
  t.equal(await statuses(lostSocket, machine, watched), 'ok', 'after it');
});

t.test('a process that is no tmux server gets no signal', async (t) => {
  const watched = [{ ...server, socket: '/nonexistent/s', pid: process.pid }];
  const machine = machineAt('/', { uid, stateDir: '/' });
  t.equal(await statuses(lostSocket, machine, watched), 'ok');
  const step = { does: 'signal', pid: process.pid, signal: 'SIGUSR1', program: 'tmux: server' };
  const mend = { steps: [step], needsRoot: false, foreign: null, undo: '' } as Mend;
  await t.rejects(carryOut(mend), { code: 'mend-refused', message: /no longer tmux: server/ });
  const other = machineWith(t, {
    '/proc/90/comm': 'tmux: server\n',
    '/proc/90/status': `Uid:\t${uid + 1}\t0\t0\t0\n`,
  });
  const found = await only(lostSocket, other, [{ ...server, socket: '/gone/s' }]);
  t.match(found, { status: 'warn', fix: 'mkdir -m 700 /gone && kill -USR1 90' });
  t.notOk(found.mend, 'of another user: only said');
});

t.test('a program that fails says so', async (t) => {
  const mend = (program: string, args: string[]): Mend => ({
    steps: [{ does: 'run', program, args }],
    ...{ needsRoot: false, foreign: null, undo: '' },
  });
  const said = { code: 'mend-failed', message: 'sh: no such luck' };
  await t.rejects(carryOut(mend('sh', ['-c', 'echo no such luck >&2; exit 3'])), said);
  await t.rejects(carryOut(mend('holdfast-nonexistent', [])), { code: 'mend-failed' });
});

const mend: Mend = {
  steps: [{ does: 'run', program: 'x', args: ['a b'] }],
  ...{ needsRoot: false, foreign: 'the tmux server \x1b[2Jx', undo: 'y' },
};
const finding = (id: string, more: Partial<Mend> = {}): Finding => ({
  ...{ id, status: 'warn', title: `${id}\x1b[31m`, detail: '', fix: '' },
  mend: { ...mend, ...more },
});

const outcomesOf = async (ports: Partial<MendPorts>, findings: Finding[]) => {
  const done: Mend[] = [];
  const mended = await mendAll(findings, {
    uid: 1000,
    say: () => undefined,
    ask: async () => true,
    carryOut: async (mend) => void done.push(mend),
    ...ports,
  });
  return { done: done.length, outcomes: mended.map(({ outcome }) => outcome), mended };
};

t.test('what is asked, what is done, what is only said', async (t) => {
  const bare: Finding = { ...finding('bare'), mend: null };
  const two = [finding('a'), bare, finding('b', { needsRoot: true })];
  t.match(await outcomesOf({}, two), { done: 1, outcomes: ['done', 'needs-root'] });
  t.match(await outcomesOf({ uid: 0 }, two), { done: 2, outcomes: ['done', 'done'] });
  t.match(await outcomesOf({ ask: null, uid: 0 }, two), { done: 0, outcomes: ['would', 'would'] });
  t.match(await outcomesOf({ ask: async () => false }, two), {
    done: 0,
    outcomes: ['declined', 'needs-root'],
  });
  const carryOut = async (): Promise<void> => {
    throw new Error('read-only');
  };
  const failed = await outcomesOf({ carryOut }, [finding('a')]);
  t.match(failed, {
    outcomes: ['failed'],
    mended: [{ message: 'read-only', steps: ["run x 'a b'"] }],
  });
  const lines = [
    ...mendLines(
      finding('a', { needsRoot: true }),
      mendOf(finding('a', { needsRoot: true })),
      1000,
    ),
    ...outcomeLines(failed.mended),
    ...outcomeLines([]),
  ];
  t.match(
    lines.join('\n'),
    /not Holdfast's own: it changes the tmux server x\n.*to undo it: y\n.*needs root[\s\S]*failed: a: read-only/,
  );
  t.notMatch(lines.join('\n'), /\x1b/);
  t.equal(stepText({ does: 'make-directory', directory: '/x', mode: 0o700 }), 'make /x, mode 0700');
});

/** An agent that watches this server alone. */
const watching = (t: Test, socket: string, pid: number) => {
  const [first] = statusOf().servers;
  if (!first) throw new Error('no server');
  const servers = [{ ...first, server: 'mine', managed: false, socket, pid }];
  return startFakeAgent(t, { status: () => statusOf({ servers, sessions: [] }) });
};

/** These tests may run as root: nothing of the real machine may be mended. */
const onlyOptions = ['--only', 'tmux-options'];

const endsAlone = (tmux: (...args: string[]) => string): string =>
  tmux('show-options', '-gv', 'destroy-unattached');

t.test('an option that ends sessions: said, then switched off', async (t) => {
  const { socket, tmux, pid } = startTmux(t);
  // A session nobody is attached to would end at once.
  tmux('set-option', '-s', 'exit-unattached', 'off');
  const { home } = await watching(t, socket, pid);
  const run = (...args: string[]) => runCli(['doctor', '--home', home, ...onlyOptions, ...args]);
  tmux('set-option', '-g', 'destroy-unattached', 'off');
  tmux('set-option', '-t', 'work', 'destroy-unattached', 'off');
  tmux('set-option', '-g', 'destroy-unattached', 'on');
  const dry = await run('--fix', '--dry-run');
  t.match(
    dry.stdout,
    /run tmux -N -S .* set-option -g destroy-unattached off\n.*it changes the tmux server mine\n/,
  );
  t.match(dry.stdout, /would be done: destroy-unattached is on on mine/);
  t.equal(endsAlone(tmux), 'on');
  const alone = await run('--fix');
  t.match(alone, { code: 64, stderr: /nobody can be asked here: add --yes or --dry-run/ });
  t.match(await run('--yes'), { code: 64, stderr: /go with --fix/ });
  t.match(await run('--fix', '--yes', '--dry-run'), { code: 64, stderr: /exclude/ });
  const json = JSON.parse((await run('--fix', '--yes', '--json')).stdout);
  const [mended] = json.mended.filter(({ id }: { id: string }) => id === 'tmux-options');
  t.match(mended, { outcome: 'done', steps: [/destroy-unattached off$/], message: '' });
  t.match(
    json.checks.filter(({ id }: { id: string }) => id === 'tmux-options'),
    [{ status: 'ok', mend: null }],
    'looked at again',
  );
  t.equal(endsAlone(tmux), 'off');
  t.equal(tmux('list-sessions', '-F', '#{session_name}'), 'work');
});

t.test('at a terminal it asks first', async (t) => {
  const { socket, tmux, pid } = startTmux(t);
  const { home } = await watching(t, socket, pid);
  tmux('set-option', '-t', 'work', 'destroy-unattached', 'off');
  tmux('set-option', '-g', 'destroy-unattached', 'on');
  const answer = async (typed: string): Promise<string> => {
    const pty = spawnPty(
      process.execPath,
      [mainFile, 'doctor', '--fix', ...onlyOptions, '--home', home],
      {
        ...{ cols: 200, rows: 50 },
        env: plainEnv({ TERM: 'xterm' }),
      },
    );
    let sent = '';
    let asked = 0;
    pty.onData((data) => {
      sent += data;
      const count = sent.split('[y/N]').length - 1;
      if (count > asked) pty.write(typed);
      asked = count;
    });
    await new Promise((resolve) => pty.onExit(resolve));
    return sent;
  };
  t.match(await answer('n\r'), /left as it is: destroy-unattached/);
  t.equal(endsAlone(tmux), 'on');
  t.match(await answer('\x04'), /left as it is: destroy-unattached/, 'nothing typed is a no');
  t.equal(endsAlone(tmux), 'on');
  t.match(await answer('y\r'), /done: destroy-unattached/);
  t.equal(endsAlone(tmux), 'off');
});
