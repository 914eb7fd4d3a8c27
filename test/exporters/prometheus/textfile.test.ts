import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  watch,
} from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { Textfile } from '../../../exporters/prometheus/textfile.ts';
import { TextfileOutput } from '../../../exporters/prometheus/textfile-output.ts';
import { spokenLog } from './spoken-log.ts';

t.test('the file appears whole, readable by others, and nothing is left beside it', async (t) => {
  const directory = t.testdir();
  const before = process.umask(0o077);
  t.teardown(() => process.umask(before));
  const file = new Textfile(directory);
  await file.write('a 1\n');
  await file.write('a 2\n');
  t.equal(readFileSync(join(directory, 'holdfast.prom'), 'utf8'), 'a 2\n');
  t.equal(statSync(file.path).mode & 0o777, 0o644);
  t.strictSame(readdirSync(directory), ['holdfast.prom']);
  await file.remove();
  t.strictSame(readdirSync(directory), []);
});

t.test('a reader sees the file of before or the new one, never a part', async (t) => {
  const file = new Textfile(t.testdir());
  const texts = ['a'.repeat(300_000), 'b'.repeat(200_000)];
  await file.write(texts[0] ?? '');
  const seen = new Set<string>();
  const watcher = watch(t.testdirName, () => seen.add(readFileSync(file.path, 'utf8')));
  for (let i = 0; i < 50; i += 1) await file.write(texts[i % 2] ?? '');
  watcher.close();
  t.ok(seen.size > 0);
  t.ok([...seen].every((text) => texts.includes(text)));
});

t.test('a link laid in the way is not followed', async (t) => {
  const directory = t.testdir({ victim: 'precious', metrics: {} });
  const file = new Textfile(join(directory, 'metrics'));
  symlinkSync(join(directory, 'victim'), `${file.path}.tmp`);
  await file.write('a 1\n');
  t.equal(readFileSync(join(directory, 'victim'), 'utf8'), 'precious');
  t.equal(readFileSync(file.path, 'utf8'), 'a 1\n');
});

t.test('a failed write leaves the file of before and no temporary one', async (t) => {
  const directory = t.testdir();
  const file = new Textfile(directory);
  mkdirSync(file.path);
  await t.rejects(file.write('a 1\n'), { code: 'EISDIR' });
  t.strictSame(readdirSync(directory), ['holdfast.prom']);
});

t.test('trouble is said once, counted each time, and over when it is over', async (t) => {
  const directory = join(t.testdir(), 'later');
  const { log, lines, said } = spokenLog();
  const output = new TextfileOutput({ directory, intervalMs: 5, render: async () => 'a 1\n', log });
  t.match(await output.start(), { code: 'textfile', message: /ENOENT/ });
  const failing = output.failures;
  t.ok(failing > 0);
  mkdirSync(directory);
  await said(/written again/);
  t.strictSame(
    lines.map(({ level, msg, code }) => [level, msg, code]),
    [
      ['error', 'the textfile cannot be written', 'ENOENT'],
      ['info', 'the textfile is written again', undefined],
    ],
  );
  t.ok(existsSync(join(directory, 'holdfast.prom')));
  await output.stop();
  t.strictSame(readdirSync(directory), [], 'removed at the end');
});

t.test('it is written again and again', async (t) => {
  const directory = t.testdir();
  let count = 0;
  const third = Promise.withResolvers<void>();
  const render = async () => {
    count += 1;
    if (count === 3) third.resolve();
    return `count ${count}\n`;
  };
  const output = new TextfileOutput({ directory, intervalMs: 1, render, log: spokenLog().log });
  t.equal(await output.start(), null);
  await third.promise;
  await output.stop();
  t.equal(output.failures, 0);
});
