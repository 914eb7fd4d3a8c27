import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { parse } from 'yaml';
import { declarationFileName } from '../../../agent/cli/declare/file-name.ts';
import { shellCommand } from '../../../agent/cli/declare/shell-command.ts';
import { isSessionName } from '../../../agent/model/config/shapes.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import { startFakeAgent } from './fake-agent.ts';
import { runCli } from './run-cli.ts';
import { eventOf, noon, statusOf } from './sample.ts';

t.test('a shell passes each word on as it stands', async () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      "it's",
      '$HOME',
      '`id`',
      'a b',
      '',
      '-n',
      '!',
      '~',
      '*',
      'if',
      'A=1',
      '"',
      '\\',
      '\n',
    ),
  );
  const words = fc.array(
    word.filter((text) => !text.includes('\0')),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(words, (args) => {
      const line = shellCommand(['printf', '%s\\0', ...args]);
      const printed = execFileSync('sh', ['-c', line], { encoding: 'utf8' });
      return printed === args.map((arg) => `${arg}\0`).join('');
    }),
    { numRuns: 60 },
  );
});

t.test('the first word is a program, whatever its name', async (t) => {
  t.equal(shellCommand(['npm', 'start']), 'npm start');
  t.equal(shellCommand(['A=1', 'x']), "'A=1' x");
  t.equal(shellCommand(['if', 'x']), "'if' x");
  t.equal(shellCommand(['tail -f *.log']), 'tail -f *.log', 'one word is a command line');
});

t.test('every session name has a file name of its own', async (t) => {
  t.equal(declarationFileName('web'), 'web.yaml');
  t.equal(declarationFileName('../../etc/passwd'), '%2E.%2F..%2Fetc%2Fpasswd.yaml');
  t.equal(declarationFileName('a b:"c"'), 'a%20b%3A%22c%22.yaml');
  t.equal(declarationFileName('日本語'), '日本語.yaml');
  t.equal(declarationFileName('-rf'), '-rf.yaml');
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
    .filter((text) => isSessionName(text));
  fc.assert(
    fc.property(name, name, (a, b) => {
      const [fileA, fileB] = [declarationFileName(a), declarationFileName(b)];
      const safe =
        !fileA.includes('/') && !fileA.startsWith('.') && Buffer.byteLength(fileA) <= 255;
      return safe && (a === b) === (fileA === fileB);
    }),
  );
  const long = 'ü'.repeat(200);
  t.not(declarationFileName(long), declarationFileName(`${long.slice(1)}x`));
  t.ok(Buffer.byteLength(declarationFileName('☎'.repeat(200))) <= 255);
});

/** An agent that creates what is declared at each reload. */
const creatingAgent = async (t: Parameters<typeof startFakeAgent>[0]) => {
  const agent = await startFakeAgent(t, {
    status: () => statusOf({ seq: 10 }),
    'config.reload': () => {
      const { sessionsDir } = agent.paths;
      const files = readdirSync(sessionsDir).map((name) =>
        readFileSync(join(sessionsDir, name), 'utf8'),
      );
      const session = Object.keys(parse(files[0] ?? '')?.sessions ?? {})[0];
      if (session === 'refused') throw new RequestFailure('config-invalid', 'sessions.refused: no');
      const target = { server: 'main', session: session ?? '', life: null };
      if (session === 'hopeless') {
        agent.tell(
          eventOf(11, 'decision.made', {
            decision: 'suspend',
            reason: 'too-many-restarts',
            target,
          }),
        );
      } else if (session !== undefined) {
        agent.tell(
          eventOf(12, 'supervision.started', {
            ...{ life: 'boot/1-1/$9', server: 'main', instance: { pid: 1, startTime: 1 }, session },
            ...{ tmuxId: '$9', tmuxName: session, declared: true, createdAt: noon, panes: [] },
            ...{ group: '', command: '', found: 'created' },
          }),
        );
      }
      return { hash: 'h' };
    },
    'session.stop': () => ({ action: 'a', outcome: 'done', message: '' }),
  });
  return agent;
};

t.test('run declares a session and waits until it is up; forget undoes it', async (t) => {
  const { home, paths, calls } = await creatingAgent(t);
  const name = 'my "odd": name';
  const file = join(paths.sessionsDir, declarationFileName(name));
  const args = ['--env', 'TOKEN=a=b', '--env', 'EMPTY=', '--cwd', 'site', '--home', home];
  const ran = await runCli(['run', name, ...args, '--json', '--', 'sh', '-c', 'echo "$TOKEN"'], {
    cwd: '/tmp',
  });
  t.equal(ran.stderr, '');
  t.same(JSON.parse(ran.stdout), { schema: 1, session: name, file, life: 'boot/1-1/$9' });
  t.same(parse(readFileSync(file, 'utf8')), {
    sessions: {
      [name]: {
        command: `sh -c 'echo "$TOKEN"'`,
        cwd: '/tmp/site',
        env: { TOKEN: 'a=b', EMPTY: '' },
      },
    },
  });
  t.equal(statSync(file).mode & 0o777, 0o600, 'the environment may hold secrets');
  const again = await runCli(['run', name, '--home', home, '--', 'x']);
  t.match(again, { code: 1, stderr: /is declared already: choose another name/ });

  const forgotten = await runCli(['forget', name, '--home', home]);
  t.match(forgotten, { code: 0, stdout: /no longer declared, it is not started again/ });
  t.same(readdirSync(paths.sessionsDir), []);
  t.notOk(
    calls.some(({ method }) => method === 'session.stop'),
    'the running one is left alone',
  );
  t.equal(calls.at(-1)?.method, 'config.reload');
  const unknown = await runCli(['forget', name, '--home', home]);
  t.match(unknown, { code: 1, stderr: /is not declared\n$/ });
});

t.test('forget --stop ends it while the agent still knows that it was meant', async (t) => {
  const { home, calls } = await creatingAgent(t);
  await runCli(['run', 'web', '--home', home, '--', 'npm start']);
  const ran = await runCli(['forget', 'web', '--stop', '--home', home, '--json']);
  t.match(JSON.parse(ran.stdout), { schema: 1, session: 'web', stopped: true });
  t.same(
    calls.slice(-2).map(({ method }) => method),
    ['session.stop', 'config.reload'],
  );
});

t.test('what does not come up says so', async (t) => {
  const { home, paths } = await creatingAgent(t);
  const hopeless = await runCli(['run', 'hopeless', '--home', home, '--', 'false']);
  t.match(hopeless, {
    ...{ code: 1, stdout: '' },
    stderr:
      /hopeless is declared, but it ended each time \(too-many-restarts\); look: holdfast events/,
  });
  await runCli(['forget', 'hopeless', '--home', home]);
  const refused = await runCli(['run', 'refused', '--home', home, '--', 'x']);
  t.match(refused, {
    code: 78,
    stderr: /not declared: the agent refused it: sessions\.refused: no/,
  });
  t.same(readdirSync(paths.sessionsDir), [], 'nothing is left behind');
});

t.test('what cannot be declared is refused before anything is written', async (t) => {
  const { home, paths } = await creatingAgent(t);
  writeFileSync(paths.config, 'sessions: {taken: {command: x}}\n');
  const run = (...args: string[]) => runCli(['run', ...args, '--home', home]);
  const [taken, name, noEquals, badKey, empty] = await Promise.all([
    run('taken', 'x'),
    run('bell\x07', 'x'),
    run('a', '--env', 'secret-value', 'x'),
    run('a', '--env', '1A=x', 'x'),
    run('a', ' '),
  ]);
  t.match(taken, { code: 1, stderr: /taken is declared already/ });
  t.match(name, { code: 64, stderr: /a session name has 1 to 200 printable characters/ });
  t.match(noEquals, { code: 64, stderr: /--env takes KEY=VALUE/ });
  t.notMatch(noEquals.stderr, /secret-value/);
  t.match(badKey, { code: 64, stderr: /"1A" is no variable name/ });
  t.match(empty, { code: 64, stderr: /the command is empty/ });
  t.same(readdirSync(paths.sessionsDir), []);
  const forget = await runCli(['forget', 'taken', '--home', home]);
  t.match(forget, { code: 1, stderr: /was not declared by "holdfast run"/ });
});

t.test('check-config', async (t) => {
  const { home, paths } = await creatingAgent(t);
  writeFileSync(
    paths.config,
    'sessions: {web: {command: npm start}}\nlog: {sessions: {wep: debug}}\n',
  );
  const check = (...args: string[]) => runCli(['check-config', ...args, '--home', home]);
  t.match(await check(), {
    code: 0,
    stdout: /^valid {2}.*holdfast\.yaml: 1 session, 1 server\nwarning {2}.*did you mean web/,
  });
  t.match(JSON.parse((await check('--json')).stdout), { schema: 1, valid: true, problems: [] });

  const extra = join(paths.sessionsDir, 'x.yaml');
  writeFileSync(extra, 'sessions: {web: {comand: x}}\n');
  const [broken, json, byPart] = await Promise.all([check(), check('--json'), check(extra)]);
  t.match(broken, { code: 78, stdout: '', stderr: /^holdfast: the configuration has/ });
  t.match(broken.stderr, /x\.yaml:1 .*web[\s\S]*hint: did you mean command/);
  const report = JSON.parse(json.stdout);
  t.equal(json.code, 78);
  t.match(report, { schema: 1, valid: false });
  t.ok(report.problems.some(({ path }: { path: string }) => path === 'sessions.web.comand'));
  t.equal(byPart.stderr, broken.stderr, 'a part is checked with the whole it belongs to');

  const draft = join(home, 'draft/holdfast.yaml');
  mkdirSync(join(home, 'draft'));
  writeFileSync(draft, '{}');
  t.match(await check(draft), { code: 0, stdout: /draft/ });
  t.match(await check(join(home, 'nothing.yaml')), {
    code: 78,
    stderr: /there is no .*nothing\.yaml/,
  });
});
