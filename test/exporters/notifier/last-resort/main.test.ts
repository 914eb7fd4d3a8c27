import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import t from 'tap';
import { shown } from '../../../telegram/ledger.ts';
import { makePlace, type Place, unit } from './place.ts';

const root = join(import.meta.dirname, '../../../..');

/** The program as it is installed: one file, run by a Node that makes no code. */
const bundled = async (place: Place): Promise<string> => {
  const outfile = join(place.env.STATE_DIRECTORY, 'last-resort.mjs');
  const entry = join(root, 'exporters/notifier/last-resort/main.ts');
  await build({
    ...{ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' },
    ...{ target: 'node26', logLevel: 'silent' },
  });
  return outfile;
};

const start = async (file: string, args: string[], env: NodeJS.ProcessEnv) => {
  const child = spawn(process.execPath, ['--jitless', file, ...args], {
    ...{ env, stdio: ['ignore', 'pipe', 'pipe'] as const },
  });
  const exit = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await exit) as [number | null];
  return { code, stdout, stderr };
};

t.test('the program tells, says so in one line, and never says the token', async (t) => {
  const place = await makePlace(t);
  const file = await bundled(place);
  const run = (args: string[] = [unit], env: NodeJS.ProcessEnv = {}) =>
    start(file, args, { ...place.env, ...env });
  const secret = place.api.token.split(':')[1] ?? '';

  const first = await run();
  t.equal(first.stderr, '');
  t.match(first, { code: 0, stdout: /^<6>\{.*\}\n$/ });
  t.match(JSON.parse(first.stdout.slice(3)), {
    ...{ level: 'info', component: 'last-resort', unit, chats: 2, failed: [] },
    msg: 'told people that holdfast-agent.service failed',
  });
  t.same(
    place.api.ledger.messages.map((message) => shown(message).text.split('\n')[0]),
    Array(2).fill('🔴 vps-1: holdfast-agent.service failed and has not come back.'),
  );
  t.match(await run(), { code: 0, stdout: '', stderr: '' }, 'told before');

  place.api.revokeToken();
  const refused = await run(['holdfast-link@a.service']);
  t.match(refused, { code: 1, stdout: /^<3>.*"failed":\["401","401"\].*nobody could be told/ });
  const tokenless = await run(['b.service'], { CREDENTIALS_DIRECTORY: '/nonexistent' });
  t.match(tokenless, { code: 78, stdout: /^<3>.*"code":"no-token".*no credential telegram-token/ });
  place.write({ chats: [] });
  t.match(await run(['b.service']), { code: 0, stdout: '', stderr: '' }, 'nobody is paired');
  t.match(await run([]), { code: 64, stderr: /^usage: / });
  for (const ran of [first, refused, tokenless]) {
    t.notOk((ran.stdout + ran.stderr).includes(secret));
  }
});
