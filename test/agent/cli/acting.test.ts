import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { asOwner } from '../../../agent/cli/command/attach.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import { version as ownVersion } from '../../../agent/model/version.ts';
import type { ActionResult } from '../../../agent/protocol/agent.ts';
import { makeHome, startFakeAgent } from './fake-agent.ts';
import { runCli } from './run-cli.ts';

const done: ActionResult = { action: 'a1', outcome: 'done', message: '' };

t.test('start, stop, restart and send ask the agent, and say how it ended', async (t) => {
  const { home, calls } = await startFakeAgent(t, {
    'session.start': () => done,
    'session.stop': () => ({ action: 'a2', outcome: 'failed', message: 'it \x1b[31mhangs' }),
    'session.restart': () => ({ action: 'a3', outcome: 'lost', message: 'the agent was killed' }),
    'session.send': () => done,
  });
  const run = (...args: string[]) => runCli(['--home', home, ...args]);
  const [start, stop, restart, send, quiet, json] = await Promise.all([
    run('start', 'web'),
    run('stop', 'web'),
    run('restart', 'web'),
    run('send', 'web', 'npm test'),
    run('send', 'web', '--no-enter', '--', '-y'),
    run('stop', 'web', '--json'),
  ]);
  t.match(start, { code: 0, stdout: 'web  done\n' });
  t.match(stop, { code: 1, stdout: 'web  failed: it hangs\n' });
  t.match(restart, { code: 1, stdout: 'web  lost: the agent was killed\n' });
  t.equal(send.code, 0);
  t.equal(quiet.code, 0);
  t.match(JSON.parse(json.stdout), { schema: 1, session: 'web', action: 'a2', outcome: 'failed' });
  const sent = calls.filter(({ method }) => method === 'session.send').map(({ params }) => params);
  t.same(
    sent.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
    [
      { session: 'web', text: '-y', enter: false },
      { session: 'web', text: 'npm test', enter: true },
    ],
  );
});

t.test('a refusal of the agent is one printable line', async (t) => {
  const { home } = await startFakeAgent(t, {
    'session.stop': ({ session }) => {
      throw new RequestFailure('unknown-session', `there is no session "${session}"\x1b[2J`);
    },
  });
  const [text, json] = await Promise.all([
    runCli(['stop', 'nobody', '--home', home]),
    runCli(['stop', 'nobody', '--home', home, '--json']),
  ]);
  t.match(text, { code: 1, stdout: '', stderr: 'holdfast: there is no session "nobody"\n' });
  t.match(JSON.parse(json.stderr), { schema: 1, error: { code: 'unknown-session' } });
});

t.test('every command that needs the agent says that it is not running', async (t) => {
  const { home } = makeHome(t);
  const commands = [
    ...[['start', 'a'], ['send', 'a', 'b'], ['attach', 'a'], ['why'], ['log-level'], ['drill']],
    ...[
      ['run', 'a', 'b'],
      ['events', '--follow'],
    ],
  ];
  const ran = await Promise.all(commands.map((args) => runCli([...args, '--home', home])));
  for (const { code, stdout, stderr } of ran) {
    t.equal(code, 69);
    t.equal(stdout, '');
    t.match(stderr, /^holdfast: the agent is not running \(no answer on [^\n]*\n$/);
  }
});

t.test('an agent that breaks off in the middle is not success', async (t) => {
  const agent = await startFakeAgent(t, {
    'session.stop': () => {
      agent.drop();
      return done;
    },
  });
  const ran = await runCli(['stop', 'web', '--home', agent.home]);
  t.match(ran, { code: 69, stdout: '', stderr: /^holdfast: the connection closed/ });
});

t.test('a socket path too long to exist is no crash', async (t) => {
  const ran = await runCli(['status', '--home', `/tmp/${'x'.repeat(120)}`]);
  t.equal(ran.code, 69);
  t.match(ran.stderr, /^holdfast: the agent is not running/);
});

/** A tmux that writes down what it was asked, first on the PATH. */
const fakeTmux = (t: Test): { env: NodeJS.ProcessEnv; asked: () => string } => {
  const directory = mkdtempSync(join(tmpdir(), 'hfc-bin-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  const log = join(directory, 'asked');
  const program = join(directory, 'tmux');
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$*" > '${log}'\nexit 7\n`);
  chmodSync(program, 0o755);
  return {
    env: { PATH: `${directory}:${process.env['PATH']}` },
    asked: () => (existsSync(log) ? readFileSync(log, 'utf8').trim() : ''),
  };
};

t.test('attach runs tmux as whoever typed it', async (t) => {
  const { home } = await startFakeAgent(t, {
    'session.attach': () => ({
      socket: '/run/main.sock',
      target: '$3',
      owner: userInfo().username,
    }),
  });
  const { env, asked } = fakeTmux(t);
  const attach = (more: NodeJS.ProcessEnv, ...args: string[]) =>
    runCli(['attach', 'web', '--home', home, ...args], { env: { ...env, ...more } });
  const json = await attach({}, '--json');
  t.equal(asked(), '', 'with --json nothing is attached');
  t.match(JSON.parse(json.stdout), {
    ...{ schema: 1, session: 'web', socket: '/run/main.sock', target: '$3' },
    command: ['tmux', '-N', '-S', '/run/main.sock', 'attach-session', '-t', '$3'],
  });
  t.equal((await attach({})).code, 7, "tmux's own exit code");
  t.equal(asked(), '-N -S /run/main.sock attach-session -t $3');
  await attach({ TMUX: '/run/main.sock,100,0' });
  t.equal(asked(), '-N -S /run/main.sock switch-client -t $3', 'inside the same server');
  await attach({ TMUX: '/other.sock,100,0' });
  t.match(asked(), /attach-session/);
  const missing = await attach({ PATH: '/nonexistent' });
  t.match(missing, { code: 1, stderr: /^holdfast: cannot run tmux/ });
});

t.test('log-level', async (t) => {
  const { home, calls } = await startFakeAgent(t, {
    'log.level': ({ level, session }) => ({
      level: session === undefined ? (level ?? 'info') : 'info',
      sessions: session === undefined ? {} : { [session]: level ?? 'info' },
    }),
  });
  const [shown, set, one] = await Promise.all([
    runCli(['log-level', '--home', home]),
    runCli(['log-level', 'debug', '--home', home, '--json']),
    runCli(['log-level', 'trace', '--session', 'web', '--home', home]),
  ]);
  t.equal(shown.stdout, 'info\n');
  t.same(JSON.parse(set.stdout), { schema: 1, level: 'debug', sessions: {} });
  t.equal(one.stdout, 'info\nweb  trace\n');
  const asked = calls.map(({ params }) => JSON.stringify(params)).sort();
  t.same(asked, ['{"level":"debug"}', '{"level":"trace","session":"web"}', '{}']);
});

t.test('reload by an operator who may not read the configuration', async (t) => {
  const { home, calls } = await startFakeAgent(t, { 'config.reload': () => ({ hash: 'abc' }) });
  // A directory cannot be read as a file, whoever runs this.
  const file = join(home, 'etc/holdfast.yaml');
  mkdirSync(file, { recursive: true });
  const text = await runCli(['reload', '--home', home]);
  t.equal(text.stdout, `in force  ${file}\n`);
  const json = await runCli(['reload', '--home', home, '--json']);
  t.match(JSON.parse(json.stdout), { hash: 'abc', sessions: null, servers: null, warnings: [] });
  t.equal(calls.length, 2);
});

t.test('reload', async (t) => {
  const { home, calls } = await startFakeAgent(t, { 'config.reload': () => ({ hash: 'abc' }) });
  const file = join(home, 'etc/holdfast.yaml');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'sessions: {web: {command: sleep 1}}\n');
  const [plain, json] = await Promise.all([
    runCli(['reload', '--home', home]),
    runCli(['reload', '--home', home, '--json']),
  ]);
  t.match(plain.stdout, /^in force .*holdfast\.yaml: 1 session, 1 server\n$/);
  t.match(JSON.parse(json.stdout), { schema: 1, file, hash: 'abc', sessions: 1, servers: 1 });
  writeFileSync(file, 'sesions: {}\n');
  const broken = await runCli(['reload', '--home', home]);
  t.match(broken, { code: 78, stderr: /sesions/ });
  t.equal(calls.length, 2, 'the agent is not asked to read a broken one');
});

t.test('version', async (t) => {
  const { home } = await startFakeAgent(t, {
    version: () => ({ version: '9.9.9', schema: 1, pid: 77 }),
  });
  const { home: empty } = makeHome(t);
  const [text, json, alone] = await Promise.all([
    runCli(['version', '--home', home]),
    runCli(['version', '--home', home, '--json']),
    runCli(['version', '--home', empty, '--json']),
  ]);
  t.match(text.stdout, /^holdfast .*\nagent 9\.9\.9, pid 77\nthe two differ: restart the agent\n$/);
  t.match(JSON.parse(json.stdout), { schema: 1, version: ownVersion, agent: { pid: 77 } });
  t.match(alone, { code: 0 });
  t.equal(JSON.parse(alone.stdout).agent, null);
});

t.test('bash completion', async (t) => {
  const { home } = makeHome(t);
  const script = join(home, 'completion.bash');
  const { stdout } = await runCli(['completion', 'bash']);
  writeFileSync(script, stdout);
  // Stands for `holdfast sessions --names [--units]`.
  const program = join(home, 'holdfast');
  writeFileSync(
    program,
    `#!/bin/sh\nprintf '%s\\n' web "a b" 'c:d' "\\$(touch ${home}/owned)" "$4"\ncase "$*" in *--units*) echo gate;; esac\n`,
  );
  chmodSync(program, 0o755);
  const complete = (...words: string[]): string[] => {
    const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    const text = `source '${script}'; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _holdfast; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['--norc', '-c', text], { encoding: 'utf8' })
      .split('\n')
      .slice(0, -1);
  };
  t.same(complete(program, 'sta'), ['status', 'start']);
  t.ok(complete(program, '').includes('check-config'));
  t.same(complete(program, 'events', '--s'), ['--session', '--since', '--screens']);
  t.same(complete(program, 'stop', 'w'), ['web']);
  t.same(complete(program, 'stop', ''), [
    'web',
    'a\\ b',
    'c\\:d',
    `\\$\\(touch\\ ${home}/owned\\)`,
    "''",
    'gate',
  ]);
  const knowUnits = [
    ...['start', 'stop', 'restart', 'refresh', 'login', 'status', 'health', 'why'],
    ...['ack', 'silence', 'unsilence'],
  ];
  for (const name of knowUnits) t.same(complete(program, name, 'g'), ['gate'], name);
  t.same(complete(program, 'events', '--session', 'g'), ['gate']);
  for (const name of ['send', 'attach', 'forget'])
    t.same(complete(program, name, 'g'), [''], `${name}: a unit has no terminal`);
  t.same(complete(program, 'why', 'a\\ '), ['a\\ b']);
  t.same(complete(program, 'events', '--session', 'c'), ['c\\:d']);
  t.same(complete(program, '--home', '/h', 'stop', '/'), ['/h'], 'the home is passed on');
  t.same(complete(program, 'stop', 'web', 'w'), [''], 'one session is enough');
  t.same(complete(program, 'log-level', 'd'), ['debug']);
  t.same(complete(program, 'help', 'ver'), ['version']);
  t.same(complete(program, 'alert', ''), ['test']);
  t.same(complete(program, 'alert', 'test', '--notifier', 't'), ['telegram']);
  t.same(complete(program, 'silence', 'w'), ['web']);
  t.same(complete(program, 'pair', '--'), ['--list', '--remove', '--home', '--json', '--help']);
  t.same(complete(program, 'completion', ''), ['bash']);
  t.same(complete(program, 'check-config', script), [script]);
  t.same(complete(program, 'run', 'x', '--', 'l'), ['']);
  t.notOk(existsSync(join(home, 'owned')), 'a name is never run');
  const registered = execFileSync('bash', [
    '--norc',
    '-c',
    `source '${script}'; complete -p holdfast`,
  ]);
  t.equal(String(registered), 'complete -F _holdfast holdfast\n');
  const [json, fish] = await Promise.all([
    runCli(['completion', 'bash', '--json']),
    runCli(['completion', 'fish']),
  ]);
  t.equal(JSON.parse(json.stdout).script, stdout);
  t.match(fish, { code: 64, stderr: /only bash is known/ });
});

t.test('nobody is a tmux client of somebody else', async (t) => {
  const command = ['tmux', 'attach'];
  const env = { TERM: 'xterm', LC_ALL: 'C.UTF-8', TOKEN: 'secret', LD_PRELOAD: '/x' };
  const root = { uid: 0, username: 'root', env };
  const ada = { uid: 1000, username: 'ada', env };
  t.strictSame(
    asOwner(root, 'deploy', command),
    [
      ...['runuser', '--pty', '-u', 'deploy', '--'],
      ...['env', '-i', 'TERM=xterm', 'LC_ALL=C.UTF-8', ...command],
    ],
    'neither the terminal nor the environment of root is his',
  );
  t.strictSame(asOwner(root, 'root', command), command);
  t.strictSame(asOwner(ada, 'ada', command), command);
  t.strictSame(asOwner(ada, 'uid-1000', command), command, 'a user of a directory service');
  t.throws(() => asOwner(ada, 'deploy', command), { code: 'not-owner' }, 'an operator');
  t.throws(() => asOwner(root, null, command), { code: 'owner-unknown' });
});
