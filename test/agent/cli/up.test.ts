import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import t from 'tap';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { eventually } from '../../e2e/sampled.ts';
import { mainFile, runCli } from './run-cli.ts';
import {
  childrenOf,
  commandOf,
  endUp,
  makePlace,
  type Place,
  startUp,
  untilGone,
  untilLine,
} from './running-up.ts';

const ready = /supervising \d+ sessions? on \d+ servers?/;

const childOf = (pid: number | undefined, program: string): number => {
  const found = childrenOf(pid ?? 0).find((child) => commandOf(child).includes(program));
  if (found === undefined) throw new Error(`${program} does not run`);
  return found;
};

const sessionsOn = ({ tmux }: Place, socket: string): string[] => {
  try {
    return tmux(socket, 'list-sessions', '-F', '#{session_name}').split('\n').sort();
  } catch {
    return [];
  }
};

t.test('from nothing to supervising, and a clean stop that leaves the sessions', async (t) => {
  const place = makePlace(t);
  const { home, managed, adopted, tmux } = place;
  tmux(adopted, 'new-session', '-d', '-s', 'mine');
  tmux(adopted, 'new-session', '-d', '-s', 'mine too');
  const up = startUp(t, place, '--no-exporter');
  const hello = await untilLine(up.lines, /holdfast/);
  t.match(
    hello,
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}holdfast \d.* in .*; without systemd everything runs as /,
  );
  await untilLine(up.lines, /wrote etc\/holdfast\.yaml: two demo sessions/);
  await untilLine(up.lines, /found 2 sessions on default, watching/);
  t.match(await untilLine(up.lines, ready), /supervising 4 sessions on 2 servers/);
  t.same(sessionsOn(place, managed), ['demo-1', 'demo-2']);
  t.match(readFileSync(join(home, 'etc/holdfast.yaml'), 'utf8'), /^# Holdfast/);
  for (const directory of ['.', 'etc', 'run', 'run/tmux', 'state', 'log']) {
    t.equal(statSync(join(home, directory)).mode & 0o777, 0o700, directory);
  }

  const second = await runCli(['up', '--home', home]);
  t.match(second, {
    code: 1,
    stdout: '',
    stderr: /^holdfast: holdfast already runs for .* \(agent pid \d+\)/,
  });

  tmux(managed, 'kill-session', '-t', '=demo-1');
  await untilLine(up.lines, /demo-1: died after/);
  await untilLine(up.lines, /incident 1: /);
  while (!sessionsOn(place, managed).includes('demo-1'))
    await new Promise((resolve) => setTimeout(resolve, 20));

  up.process.kill('SIGINT');
  await untilLine(up.lines, /stopped; sessions live on/);
  t.same(await up.exited, [0, null]);
  t.same(sessionsOn(place, managed), ['demo-1', 'demo-2'], 'the one killed came back');
  t.same(sessionsOn(place, adopted), ['mine', 'mine too']);
  t.notOk(existsSync(join(home, 'run/up.lock')));
});

/** As the agent knows them: a drill takes the first that is up. */
const untilDemosAreUp = ({ home }: Place): Promise<boolean> =>
  eventually('both demos', async () => {
    const { stdout } = await runCli(['status', '--home', home, '--json']);
    const { sessions } = JSON.parse(stdout) as StatusDocument;
    const up = sessions.filter(({ status, declared }) => declared && status === 'up');
    return up.length === 2 ? true : undefined;
  });

t.test('one killed session is one event, with its evidence', async (t) => {
  const place = makePlace(t);
  const up = startUp(t, place, '--no-exporter');
  await untilLine(up.lines, ready);
  await untilDemosAreUp(place);
  const drill = await runCli(['drill', '--home', place.home, '--json']);
  t.equal(drill.stderr, '');
  const { session, events, pids, noticedMs, ...told } = JSON.parse(drill.stdout);
  t.equal(session, 'demo-1');
  t.match(told, { incident: '1', cause: 'signal', signal: { name: 'SIGKILL', code: 9 } });
  t.ok(noticedMs >= 0 && pids.length === 1);
  t.equal(events.filter(({ type }: { type: string }) => type === 'session.died').length, 1);

  const died = await runCli([
    'events',
    '--home',
    place.home,
    '--json',
    '--since',
    '1h',
    '--type',
    'session.died',
  ]);
  const [event, ...more] = died.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.same(more, []);
  t.match(event, { type: 'session.died', data: { session: 'demo-1', exit: { signal: 9 } } });

  const page = await runCli(['why', '--home', place.home]);
  const [again, refused, status, bare] = await Promise.all([
    runCli(['drill', '--home', place.home, '--session', 'demo-2', '--yes']),
    runCli(['drill', '--home', place.home, '--session', 'demo-2']),
    runCli(['status', '--home', place.home, '--json']),
    runCli(['drill', '--home', place.home, '--session', 'nobody', '--yes']),
  ]);
  t.match(page.stdout, /^demo-1 died: killed by SIGKILL\n/);
  t.match(
    again.stdout,
    /^kill -9 \d+: the program of demo-2\nnoticed after .*\nback after .*\n\n(demo-2|2 sessions) died/,
  );
  t.match(refused, { code: 64, stderr: /this kills demo-2 for real: add --yes/ });
  t.match(bare, { code: 1, stderr: /no session nobody is up/ });
  t.equal(JSON.parse(status.stdout).agent.embedded, true);
});

t.test('a session is declared, spoken to, and forgotten', async (t) => {
  const place = makePlace(t);
  const { home, tmux, managed } = place;
  const up = startUp(t, place, '--no-exporter');
  await untilLine(up.lines, ready);
  const name = 'odd "name": it\'s';
  const run = (...args: string[]) => runCli(['--home', home, ...args]);
  t.match(await run('run', name, '--env', 'A=b c', '--', 'sh', '-c', 'echo "<$A>"; exec cat'), {
    ...{ code: 0, stderr: '' },
    stdout: /up, declared in /,
  });
  const attach = JSON.parse((await run('attach', name, '--json')).stdout);
  const screen = (): string => tmux(managed, 'capture-pane', '-p', '-t', attach.target);
  const untilShown = async (text: string): Promise<void> => {
    while (!screen().includes(text)) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  // Its session is there before its program says anything.
  await untilShown('<b c>');
  t.match(await run('send', name, 'hello $(id)'), { code: 0, stderr: '' });
  await untilShown('hello');
  t.match(screen(), /^<b c>\nhello \$\(id\)/);
  t.match(await run('restart', name), { code: 0, stderr: '' });
  t.match(await run('forget', name, '--stop'), { code: 0, stderr: '' });
  const status = JSON.parse((await run('sessions', '--json')).stdout);
  t.notOk(status.sessions.some(({ session }: { session: string }) => session === name));
  const log = await run('events', '--json', '--since', '1h', '--type', 'session.died');
  t.equal(log.stdout, '', 'what was meant is no death');
});

t.test('a child that dies comes back, and --stop-sessions ends what is ours', async (t) => {
  const place = makePlace(t);
  const { adopted, managed, tmux } = place;
  tmux(adopted, 'new-session', '-d', '-s', 'mine');
  const up = startUp(t, place, '--no-exporter', '--stop-sessions');
  await untilLine(up.lines, ready);
  const link = childOf(up.process.pid, 'link/main.ts');
  process.kill(link, 'SIGKILL');
  await untilLine(up.lines, /link died \(killed by SIGKILL\); again in 100ms; see .*link\.log/);
  await untilLine(up.lines, /link works again/);
  process.kill(childOf(up.process.pid, 'agent/main.ts'), 'SIGKILL');
  await untilLine(up.lines, /agent died \(killed by SIGKILL\)/);
  await untilLine(up.lines, /agent works again/);
  tmux(managed, 'new-session', '-d', '-s', 'seen afterwards', 'sleep 600');
  await untilLine(up.lines, /seen afterwards: is up on main/);
  up.process.kill('SIGTERM');
  await untilLine(up.lines, /stopped, with its sessions/);
  t.same(await up.exited, [0, null]);
  t.same(sessionsOn(place, managed), []);
  t.same(sessionsOn(place, adopted), ['mine'], 'what is only watched is never touched');
});

t.test('a child that does not stop is killed, and all is over in time', async (t) => {
  const place = makePlace(t);
  const up = startUp(t, place, '--no-exporter');
  await untilLine(up.lines, ready);
  const agent = childOf(up.process.pid, 'agent/main.ts');
  process.kill(agent, 'SIGSTOP');
  up.process.kill('SIGINT');
  await untilLine(up.lines, /stopping/);
  up.process.kill('SIGINT');
  t.same(await up.exited, [0, null], 'whoever asks twice does not wait');
  await untilGone(agent);
});

t.test(
  'kill -9 of up leaves nothing behind but the sessions, and the next one takes over',
  async (t) => {
    const place = makePlace(t);
    const up = startUp(t, place, '--listen', '127.0.0.1:0');
    await untilLine(up.lines, ready);
    const children = childrenOf(up.process.pid ?? 0).filter((pid) =>
      commandOf(pid).includes('main.ts'),
    );
    // The kernel tells only root who sends a signal.
    t.equal(children.length, process.getuid?.() === 0 ? 4 : 3);
    const groups = children.map(
      (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2],
    );
    t.same(groups, children.map(String), 'Ctrl-C in the terminal does not reach them');
    up.process.kill('SIGKILL');
    await up.exited;
    await Promise.all(children.map(untilGone));
    t.same(sessionsOn(place, place.managed), ['demo-1', 'demo-2']);
    t.ok(existsSync(join(place.home, 'run/up.lock')));
    const next = startUp(t, place, '--no-exporter', '--json');
    const line = JSON.parse(await untilLine(next.lines, /"kind":"supervising"/));
    t.match(line, { schema: 1, kind: 'supervising', sessions: 2, servers: 1, at: Number });
    next.process.kill('SIGTERM');
    const stopped = JSON.parse(await untilLine(next.lines, /stopped/));
    t.match(stopped, { schema: 1, kind: 'stopped' });
    t.same(await next.exited, [0, null]);
  },
);

t.test('what is wrong before the start is said, and nothing is started', async (t) => {
  const place = makePlace(t);
  const { home } = place;
  const tooLong = await runCli(['up', '--home', `/tmp/${'x'.repeat(100)}`]);
  t.match(tooLong, { code: 1, stderr: /^holdfast: the socket path .* choose a shorter --home\n$/ });
  const file = join(home, 'etc/holdfast.yaml');
  const up = startUp(t, place, '--no-exporter');
  await untilLine(up.lines, ready);
  up.process.kill('SIGTERM');
  await up.exited;
  writeFileSync(file, 'sesions: {}\nlog: {level: loud}\n');
  const broken = await runCli(['up', '--home', home]);
  t.match(broken, { code: 78, stdout: '', stderr: /2 problems/ });
  t.notOk(existsSync(join(home, 'run/up.lock')), 'the lock is released');
  writeFileSync(join(home, 'file'), '');
  const unusable = await runCli(['up', '--home', join(home, 'file')]);
  t.match(unusable, { code: 1, stderr: /^holdfast: cannot use / });
});

t.test('trouble of the exporter is said, and does not stop the rest', async (t) => {
  const place = makePlace(t);
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.teardown(() => taken.close());
  const { port } = taken.address() as { port: number };
  const up = startUp(t, place, '--listen', `127.0.0.1:${port}`, '--json');
  // Another child may have something to say as well.
  const line = JSON.parse(await untilLine(up.lines, /"kind":"child".*"exporter/));
  t.match(line, { schema: 1, child: 'exporter', text: /^exporter: cannot listen on/ });
  await untilLine(up.lines, /"kind":"supervising"/);
  up.process.kill('SIGTERM');
  t.same(await up.exited, [0, null]);
});

const notifierOf = (pid: number | undefined): number | undefined =>
  childrenOf(pid ?? 0).find((child) => commandOf(child).includes('notifier/main.ts'));

t.test('the notifier runs once there is somebody to be told', async (t) => {
  const place = makePlace(t);
  const up = startUp(t, place, '--no-exporter');
  await untilLine(up.lines, ready);
  t.equal(notifierOf(up.process.pid), undefined);
  const none = await runCli(['alerts', '--home', place.home]);
  t.match(none, { code: 1, stderr: /the notifier does not run: put the token of a bot into / });
  const config = join(place.home, 'etc/holdfast.yaml');
  const alerts = `alerts: {commands: {log: {command: cat}}}\n`;
  writeFileSync(config, `${readFileSync(config, 'utf8')}\n${alerts}`);
  t.match(await runCli(['reload', '--home', place.home]), { code: 0, stderr: '' });
  while (notifierOf(up.process.pid) === undefined)
    await new Promise((resolve) => setTimeout(resolve, 20));
  t.equal(statSync(join(place.home, 'state/notifier')).mode & 0o777, 0o700);
  const notifier = notifierOf(up.process.pid) ?? 0;
  up.process.kill('SIGTERM');
  t.same(await up.exited, [0, null]);
  await untilGone(notifier);
});

t.test('with --no-notifier nobody is told, whatever is configured', async (t) => {
  const place = makePlace(t);
  mkdirSync(join(place.home, 'etc/credentials'), { recursive: true, mode: 0o700 });
  writeFileSync(join(place.home, 'etc/credentials/telegram-token'), '12:ab\n', { mode: 0o600 });
  const up = startUp(t, place, '--no-exporter', '--no-notifier');
  await untilLine(up.lines, ready);
  t.equal(notifierOf(up.process.pid), undefined);
  up.process.kill('SIGTERM');
  await up.exited;
  t.ok(existsSync(join(place.home, 'log/link.log')));
  t.notOk(existsSync(join(place.home, 'log/notifier.log')), 'nor was it ever');
});

/** A person at a terminal: everything it was sent, and a way to wait for some of it. */
const openTerminal = (place: Place, env: NodeJS.ProcessEnv) => {
  let sent = '';
  let onData = (): void => undefined;
  const pty = spawn(process.execPath, [mainFile, 'up', '--home', place.home, '--no-exporter'], {
    ...{ cols: 70, rows: 24, cwd: '/tmp' },
    env: { ...place.env, TERM: 'xterm-256color', ...env },
  });
  pty.onData((data) => {
    sent += data;
    onData();
  });
  const exited = new Promise<{ exitCode: number }>((resolve) => pty.onExit(resolve));
  const until = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      onData = () => {
        if (pattern.test(sent)) resolve();
      };
      onData();
    });
  return { pty, exited, until, text: () => sent };
};

t.test('on a terminal: lines that stay, a few that are redrawn, and Ctrl-C', async (t) => {
  const place = makePlace(t);
  const terminal = openTerminal(place, {});
  t.teardown(() => endUp(terminal.pty.pid));
  await terminal.until(/supervising 2 sessions on 1 server/);
  await terminal.until(/SERVER[\s\S]*main[\s\S]*Ctrl-C stops/);
  t.match(terminal.text(), /\x1b\[1m/, 'colours');
  place.tmux(place.managed, 'kill-session', '-t', '=demo-2');
  await terminal.until(/demo-2: died after/);
  await terminal.until(/1 death ·/);
  t.match(terminal.text(), /\x1b\[\d+A\r\x1b\[J/, 'the region is drawn over');
  t.notMatch(
    terminal.text(),
    /\x1b\[\?1049h/,
    'no alternate screen: what was said can be scrolled to',
  );
  terminal.pty.write('\x03');
  await terminal.until(/stopped; sessions live on/);
  t.match(await terminal.exited, { exitCode: 0 });
});

t.test('with NO_COLOR there is none, and no line is wider than the terminal', async (t) => {
  const place = makePlace(t);
  const terminal = openTerminal(place, { NO_COLOR: '1' });
  t.teardown(() => endUp(terminal.pty.pid));
  await terminal.until(/Ctrl-C stops/);
  terminal.pty.resize(50, 24);
  place.tmux(place.managed, 'kill-session', '-t', '=demo-1');
  await terminal.until(/demo-1: died after/);
  terminal.pty.write('\x03');
  t.match(await terminal.exited, { exitCode: 0 });
  t.notMatch(terminal.text(), /\x1b\[\d*m/);
  const lines = terminal.text().split(/\r?\n|\x1b\[\d*[AJ]|\r/);
  t.ok(lines.every((line) => [...line].length <= 70));
});
