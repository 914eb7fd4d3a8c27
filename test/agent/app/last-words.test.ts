import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { lastWords } from '../../../agent/app/last-words.ts';

const openStream = (t: Test) => {
  const path = join(t.testdir(), 'stream');
  const fd = openSync(path, 'a');
  const { dev, ino } = fstatSync(fd, { bigint: true });
  const env = { ...process.env, JOURNAL_STREAM: `${dev}:${ino}` };
  return { fd, env, read: () => readFileSync(path, 'utf8') };
};

t.test('people get a sentence, the journal a line of JSON with a priority', async (t) => {
  const { fd, env, read } = openStream(t);
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const cause = new Error(`two\nlines ${secret} ${'x'.repeat(40_000)}`);
  lastWords(cause, { fd, env, now: () => 0 });
  const line = read();
  t.match(line, /^<2>\{.*\}\n$/);
  t.ok(Buffer.byteLength(line) <= 16 * 1024);
  t.match(JSON.parse(line.slice(3)), {
    level: 'fatal',
    time: '1970-01-01T00:00:00.000Z',
    component: 'agent',
    msg: /^two\nlines /,
  });
  t.notMatch(line, secret);

  const plain = openStream(t);
  lastWords(new Error('it broke'), { fd: plain.fd, env: {} });
  t.ok(plain.read().endsWith('it broke\n'));
  lastWords('gone', { fd: 999, env: {} });
  closeSync(fd);
});

t.test('a crash is one line in the journal, and still a crash', async (t) => {
  const { fd, env, read } = openStream(t);
  const script = `
    import { tellCrashes } from ${JSON.stringify(import.meta.resolve('../../../agent/app/last-words.ts'))};
    tellCrashes(process.env);
    setTimeout(() => { null.x; });`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'ignore', fd],
    env,
  });
  closeSync(fd);
  t.equal(status, 1);
  t.match(read(), /^<2>\{.*\}\n$/);
  t.match(JSON.parse(read().slice(3)), { stack: /^TypeError: .*\n +at / });
});
