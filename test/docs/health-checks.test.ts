import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import type { StatusDocument } from '../../agent/model/status/status.ts';
import { plainEnv, runCli } from '../agent/cli/run-cli.ts';
import { makePlace, startUp, untilLine } from '../agent/cli/running-up.ts';
import { eventually } from '../e2e/sampled.ts';
import { followPage, type Shown } from '../lab/documents/follow.ts';
import { forMakeTest, neverRun, scenesOf } from './troubleshooting/for-make-test.ts';
import { writeShims } from './troubleshooting/shims.ts';

const page = readFileSync(
  join(import.meta.dirname, '../../docs/runbooks/health-checks.md'),
  'utf8',
);

const pace = { interval: '1s', grace: '0s', failAfter: 2, outOf: 3 };

/** A server that is well, and a session that shows what is in a file. */
const makeGround = async (t: Test) => {
  const server = createServer((_, response) => response.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const place = makePlace(t);
  const says = join(place.home, 'says');
  const screen = { mustNotMatch: ['login expired'], waiting: ['proceed\\?'] };
  const assistant = {
    command: `while :; do clear; cat ${says}; sleep 0.3; done`,
    health: { ...pace, screen },
  };
  const web = {
    command: 'sleep 100000',
    health: { ...pace, http: { url: `http://127.0.0.1:${port}/` } },
  };
  mkdirSync(join(place.home, 'etc'), { recursive: true });
  writeFileSync(says, 'ready\n');
  writeFileSync(
    join(place.home, 'etc/holdfast.yaml'),
    JSON.stringify({ sessions: { assistant, web } }),
  );
  const up = startUp(t, place, '--no-exporter', '--json');
  await untilLine(up.lines, /"supervising"/);

  const untilIs = (name: string, wanted: string) =>
    eventually(`${name} is ${wanted}`, async () => {
      const { stdout } = await runCli(['status', '--home', place.home, '--json']);
      const { sessions } = JSON.parse(stdout) as StatusDocument;
      const found = sessions.find(({ session }) => session === name);
      return found?.health?.status === wanted || undefined;
    });
  const say = async (text: string, becomes: string): Promise<void> => {
    writeFileSync(says, `${text}\n`);
    await untilIs('assistant', becomes);
  };
  await untilIs('assistant', 'healthy');
  await untilIs('web', 'healthy');
  return { place, say };
};

t.test('each command prints what the page says', { timeout: 300_000 }, async (t) => {
  t.same(neverRun(page), []);
  const { place, say } = await makeGround(t);
  const scenes: Record<string, () => Promise<void>> = {
    'the assistant is logged out': () => say('login expired', 'failed'),
    'the assistant is logged in': () => say('ready', 'healthy'),
    'the assistant asks': () => say('Do you want to proceed?', 'waiting'),
  };
  t.same(Object.keys(scenes).sort(), scenesOf(page).sort(), 'the scenes');
  const shims = writeShims(dirname(place.home), place.home);
  const env = plainEnv({ ...place.env, PATH: `${shims}:${process.env['PATH']}` });
  const { ran, differences } = await followPage(forMakeTest(page), {
    run: (_, command) =>
      new Promise<Shown>((resolve) => {
        execFile('sh', ['-c', `exec 2>&1\n${command}`], { env, timeout: 60_000 }, (error, stdout) =>
          resolve({ output: stdout, code: error === null ? 0 : Number(error.code ?? 1) }),
        );
      }),
    prepare: (scene) => scenes[scene]?.() ?? Promise.reject(new Error(`no scene ${scene}`)),
    progress: (text) => t.comment(text),
  });
  t.same(differences, []);
  t.equal(ran, 8);
});
