import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { pictureFlags } from '../../../../exporters/notifier/picture/flags.ts';
import { renderPicture } from '../../../../exporters/notifier/picture/process.ts';
import { readPng } from './read-png.ts';

const root = join(import.meta.dirname, '../../../..');
const file = join(root, 'exporters/notifier/picture/main.ts');
const screen = { text: '$ make\n\x1b[31mno\x1b[0m\n', columns: 80, rows: 24, title: 'demo' };
const timeoutMs = 120_000;

/** A program of a test's own in place of ours. */
const program = (t: Test, text: string): string =>
  join(t.testdir({ 'picture.mjs': text }), 'picture.mjs');

const run = async (input: string | Buffer) => {
  const child = spawn(process.execPath, [...pictureFlags, file], { stdio: 'pipe' });
  const said = Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = await once(child, 'exit');
  const [out, err] = (await said).map((chunks) => Buffer.concat(chunks));
  return { code, out, err: String(err) };
};

t.test('a screen becomes a PNG', async (t) => {
  const { width, height } = readPng(await renderPicture(screen, { file, timeoutMs }));
  t.same([width, height], [840, 60 + 2 * 40 + 40]);
});

t.test('what is no screen is refused in one line', async (t) => {
  for (const input of [
    '',
    'x',
    'null',
    JSON.stringify({ ...screen, columns: 501 }),
    JSON.stringify({ ...screen, rows: 0 }),
    JSON.stringify({ ...screen, rows: 1.5 }),
    JSON.stringify({ ...screen, text: 1 }),
    JSON.stringify({ ...screen, more: 1 }),
    Buffer.alloc(8_000_001, ' '),
  ]) {
    const { code, out, err } = await run(input);
    t.equal(code, 65, String(input).slice(0, 80));
    t.equal(out?.length, 0);
    t.match(err, /^holdfast-picture: [^\n]+\n$/);
  }
  await t.rejects(renderPicture({ ...screen, columns: 0 }, { file, timeoutMs }), {
    code: 'picture-request',
    retryable: false,
    message: 'holdfast-picture: columns: not what it should be',
  });
});

t.test('it is killed at the time limit, and when nobody wants it', async (t) => {
  const stuck = program(t, 'setInterval(() => {}, 1000)');
  await t.rejects(renderPicture(screen, { file: stuck, timeoutMs: 100 }), {
    code: 'picture-time',
    retryable: true,
  });
  const stop = new AbortController();
  const picture = renderPicture(screen, { file: stuck, timeoutMs, signal: stop.signal });
  setImmediate(() => stop.abort());
  await t.rejects(picture, { code: 'picture-aborted' });
  await t.rejects(renderPicture(screen, { file, timeoutMs, signal: AbortSignal.abort() }), {
    code: 'picture-aborted',
  });
});

t.test('a program that fails, floods or is not there is a failure', async (t) => {
  const failing = program(t, "console.error('out of ink\\nmore'); process.exit(70)");
  await t.rejects(renderPicture(screen, { file: failing, timeoutMs }), {
    code: 'picture-failed',
    message: 'out of ink',
  });
  const flooding = program(
    t,
    'for (;;) require("fs").writeSync(1, Buffer.alloc(1e6))'.replace(
      'require("fs")',
      'process.getBuiltinModule("fs")',
    ),
  );
  await t.rejects(renderPicture(screen, { file: flooding, timeoutMs }), { code: 'picture-failed' });
  const killed = program(t, "process.kill(process.pid, 'SIGKILL')");
  await t.rejects(renderPicture(screen, { file: killed, timeoutMs }), { message: 'SIGKILL' });
  await t.rejects(renderPicture(screen, { file: join(root, 'no-such.js'), timeoutMs }), {
    code: 'picture-failed',
  });
});

t.test('one at a time, and none knows our surroundings', async (t) => {
  process.env['HOLDFAST_TEST_TOKEN'] = 'secret';
  t.teardown(() => delete process.env['HOLDFAST_TEST_TOKEN']);
  const lock = program(
    t,
    `import { mkdirSync, rmdirSync } from 'node:fs';
    const place = new URL('./lock', import.meta.url);
    mkdirSync(place);
    setTimeout(() => {
      rmdirSync(place);
      console.log(JSON.stringify(process.env));
    }, 100);`,
  );
  const outputs = await Promise.all(
    [1, 2, 3].map(() => renderPicture(screen, { file: lock, timeoutMs })),
  );
  for (const output of outputs) t.notMatch(Buffer.from(output).toString(), /secret/);
});
