import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { createCredentials } from '../../../../exporters/notifier/credentials/credentials.ts';

const start = (t: Test) => {
  const directory = t.testdir();
  const put = (name: string, text: string, mode = 0o600): string => {
    const path = join(directory, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };
  return { directory, put, read: createCredentials(directory).read };
};

t.test('a secret, without the line feed at its end', async (t) => {
  const { put, read } = start(t);
  put('telegram-token', '123:abc\n');
  t.equal(read('telegram-token'), '123:abc');
  put('telegram-token', 'a\nb\n\n', 0o440);
  t.equal(read('telegram-token'), 'a\nb\n', 'one, and a group may read it');
  put('telegram-token', 'ä\r\n', 0o400);
  t.equal(read('telegram-token'), 'ä');
});

t.test('a missing or empty one is none', async (t) => {
  const { put, read } = start(t);
  t.equal(read('missing'), null);
  t.equal(createCredentials('/does/not/exist').read('missing'), null);
  put('empty', '\n');
  t.equal(read('empty'), null);
});

t.test('names lead nowhere else', async (t) => {
  const { read } = start(t);
  for (const name of ['', '../x', '.x', 'a/b', 'A', 'a b', 'a\0', '-a', 'a'.repeat(65)]) {
    t.throws(() => read(name), { code: 'bad-credential-name' }, JSON.stringify(name));
  }
});

t.test('what others could write, or everybody read, is refused', async (t) => {
  const { put, read } = start(t);
  for (const mode of [0o602, 0o620, 0o604, 0o644]) {
    const path = put('ours', 'SECRET', mode);
    t.throws(() => read('ours'), { code: 'unsafe-credential', message: `chmod 600 ${path}` });
  }
  if (process.getuid?.() !== 0) return;
  chownSync(put('theirs', 'SECRET', 0o600), 65_534, 65_534);
  t.throws(() => read('theirs'), { code: 'unsafe-credential', message: /somebody else/ });
});

t.test('what is no file is refused at once', async (t) => {
  const { directory, put, read } = start(t);
  mkdirSync(join(directory, 'folder'));
  t.throws(() => read('folder'), { code: 'unreadable-credential' });
  execFileSync('mkfifo', ['-m', '600', join(directory, 'pipe')]);
  t.throws(() => read('pipe'), { code: 'unreadable-credential' });
  put('large', 'x'.repeat(17 * 1024));
  t.throws(() => read('large'), { code: 'unreadable-credential' });
});

t.test('no error shows a secret', async (t) => {
  const { put, read } = start(t);
  put('large', 'SECRET'.repeat(9999));
  put('open', 'SECRET', 0o666);
  for (const name of ['large', 'open']) {
    try {
      read(name);
      t.fail('read');
    } catch (cause) {
      t.notMatch(String((cause as Error).stack), /SECRET/);
    }
  }
});
