import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';

const original = join(import.meta.dirname, '../../../agent/link/pane-shell');
const unit = 'holdfast.slice/holdfast-sessions.slice/holdfast-tmux@deploy.service';

const hasBash = existsSync('/bin/bash');

/** A shell that says how it was called, and becomes a real one where it gets arguments. */
const shellText = `#!/bin/sh
echo "$0|$SHELL|\${HOLDFAST_SHELL-unset}|$*"
[ $# -eq 0 ] || [ "$1" = -l ] || exec /bin/sh "$@"
`;

/**
 * The launcher itself, told to look for cgroups in a directory. Nothing else of it is changed; plain files take what
 * the kernel would.
 */
const setUp = (t: Test, path = `0::/${unit}/server\n`) => {
  const directory = t.testdir({ 'proc-cgroup': path });
  const cgroup = join(directory, 'cgroup');
  const text = readFileSync(original, 'utf8');
  const changed = text
    .replaceAll('/sys/fs/cgroup', cgroup)
    .replaceAll('/proc/self/cgroup', join(directory, 'proc-cgroup'));
  const launcher = join(directory, 'pane-shell');
  const shell = join(directory, 'my shell');
  for (const [file, content] of [
    [launcher, changed],
    [shell, shellText],
  ] as const) {
    writeFileSync(file, content);
    chmodSync(file, 0o755);
  }
  mkdirSync(join(cgroup, unit), { recursive: true });
  const run = (args: string[] = [], env: Record<string, string> = {}) => {
    const options = {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', ...env },
      // bash takes a socket for a remote login, and reads ~/.bashrc.
      stdio: ['ignore', 'pipe', 'pipe'] as ('ignore' | 'pipe')[],
    } as const;
    const { stdout, stderr, status, pid } = spawnSync(launcher, args, options);
    return { out: stdout.trim(), stderr, status, pid };
  };
  const inSession = (id: string, shellFile = shell) => ({
    ...{ HOLDFAST_SHELL: shellFile, TMUX: `/run/tmux.sock,4211,${id}` },
  });
  const unitDirectory = join(cgroup, unit);
  const procs = (id: string) =>
    readFileSync(join(unitDirectory, `session-${id}/cgroup.procs`), 'utf8').trim();
  return { ...{ directory, launcher, shell, unitDirectory }, run, inSession, procs };
};

t.test('the test runs what is shipped, and both paths are in it', async (t) => {
  const text = readFileSync(original, 'utf8');
  t.match(text, '/sys/fs/cgroup');
  t.match(text, '/proc/self/cgroup');
  execFileSync('sh', ['-n', original]);
});

t.test('a pane is in the cgroup of its session before its shell runs', async (t) => {
  const { shell, run, inSession, procs } = setUp(t);
  const first = run(['-c', 'echo "in $$"'], inSession('7'));
  t.equal(first.out, `${shell}|${shell}|unset|-c echo "in $$"\nin ${first.pid}`);
  t.equal(procs('7'), String(first.pid), 'exec keeps the process: its id is that of the shell');
  t.equal(first.stderr, '');
  const second = run(['-c', 'exit 3'], inSession('7'));
  t.equal(second.status, 3, 'how it ends is how the shell ends');
  t.equal(procs('7'), String(second.pid), 'the cgroup may be there already');
});

t.test('the agent, another user, may read that cgroup whatever the umask', async (t) => {
  const { run, inSession, unitDirectory } = setUp(t);
  const before = process.umask(0o077);
  t.teardown(() => process.umask(before));
  run(['-c', 'true'], inSession('7'));
  t.equal(statSync(join(unitDirectory, 'session-7')).mode & 0o777, 0o755);
});

t.test('without arguments it is a login shell', async (t) => {
  const { shell, run, inSession, procs } = setUp(t);
  const { out, pid, stderr } = run([], { ...inSession('1'), BASH_ENV: '/dev/null/none' });
  t.match(out, `|${shell}|unset|`);
  t.equal(procs('1'), String(pid));
  t.equal(stderr, '');
});

t.test(
  'a real shell sees that it is a login shell',
  { skip: !hasBash && 'there is no bash' },
  async (t) => {
    const { directory, run, inSession } = setUp(t);
    const profile = join(directory, '.bash_profile');
    writeFileSync(profile, 'echo "login $0"\n');
    const { out } = run([], { ...inSession('1', '/bin/bash'), HOME: directory });
    t.match(out, /^login -bash$/m);
  },
);

t.test('whatever fails on the way, the shell is run, and nothing is said', async (t) => {
  const told = (given: ReturnType<typeof setUp>, id = '7') => {
    const { out, stderr, status } = given.run(['-c', 'echo alive; exit 5'], given.inSession(id));
    return [out.split('\n').at(-1), stderr, status];
  };
  const well = ['alive', '', 5];
  const noUnit = setUp(t, `0::/${unit}/elsewhere\n`);
  t.strictSame(told(noUnit), well, 'the server is not in a delegated cgroup');
  t.throws(() => noUnit.procs('7'));
  t.strictSame(told(setUp(t, '')), well, 'no cgroup v2');
  const unreadable = setUp(t);
  symlinkSync('/nonexistent', join(unreadable.unitDirectory, 'session-7'));
  t.strictSame(told(unreadable), well, 'the cgroup cannot be made');
  const refusing = setUp(t);
  mkdirSync(join(refusing.unitDirectory, 'session-7/cgroup.procs'), { recursive: true });
  t.strictSame(told(refusing), well, 'the kernel does not take the process');
  for (const id of ['-1', '', '1/../server', '7 8', '$(touch owned)']) {
    const odd = setUp(t);
    t.strictSame(told(odd, id), well, `TMUX ends in ${JSON.stringify(id)}`);
    t.throws(() => odd.procs(id));
  }
});

t.test('a shell that cannot be run is /bin/sh, and never the launcher again', async (t) => {
  const { directory, launcher, run, inSession } = setUp(t);
  const notExecutable = join(directory, 'proc-cgroup');
  for (const shell of [launcher, '', 'sh', '/nonexistent', directory, notExecutable]) {
    const { out, status } = run(['-c', 'echo "$SHELL"'], inSession('1', shell));
    t.strictSame([out, status], ['/bin/sh', 0], shell);
  }
  const { out } = run(['-c', 'echo "$SHELL"']);
  t.equal(out, '/bin/sh', 'nothing is set');
});
