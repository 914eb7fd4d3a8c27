import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { printedFirst } from '../../../../agent/link/command/printed-first.ts';
import { temporaryDir } from '../../store/temporary-log.ts';

const run = promisify(execFile);

/** Those of them that are here. */
const shells = ['/bin/sh', '/bin/bash', '/bin/zsh', '/usr/bin/fish'].filter((shell) =>
  existsSync(shell),
);

const hard = `printf '%s|' "it's" 'a\\b' "\\\\" '"' '$HOME'; echo "$SHELL"`;

t.test('it is printed once, and then the very command runs', async (t) => {
  const dir = await temporaryDir(t);
  for (const SHELL of shells) {
    const first = await printedFirst(join(dir, "o'k.sock"), 'before\r\n', hard);
    const command = first?.command ?? '';
    const { stdout } = await run(SHELL, ['-c', command], { env: { ...process.env, SHELL } });
    t.equal(stdout, `before\r\nit's|a\\b|\\|"|$HOME|${SHELL}\n`, SHELL);
    const again = await run(SHELL, ['-c', command], { env: { ...process.env, SHELL } });
    t.equal(again.stdout, stdout.slice('before\r\n'.length), 'without the file, too');
    t.strictSame(readdirSync(dir), []);
  }
});

t.test(
  'where the first place takes no file the next one does, and else there is none',
  async (t) => {
    const dir = await temporaryDir(t);
    const { TMPDIR } = process.env;
    t.teardown(() => {
      if (TMPDIR === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = TMPDIR;
    });
    process.env['TMPDIR'] = dir;
    const first = await printedFirst('/nonexistent/main.sock', 'before', 'true');
    t.match(readdirSync(dir), [/^holdfast\.prologue-/]);
    await first?.discard();
    process.env['TMPDIR'] = '/nonexistent';
    t.equal(await printedFirst('/nonexistent/main.sock', 'before', 'true'), null);
  },
);

t.test('those that nobody printed are swept away in time', async (t) => {
  const dir = await temporaryDir(t);
  const socket = join(dir, 'main.sock');
  await printedFirst(socket, 'old', 'true');
  const [old = ''] = readdirSync(dir);
  await printedFirst(socket, 'young', 'true');
  t.equal(readdirSync(dir).length, 2);
  await utimes(join(dir, old), 1, 1);
  await printedFirst(socket, 'new', 'true');
  t.equal(readdirSync(dir).length, 2);
  t.notOk(readdirSync(dir).includes(old));
});

t.test('one that nobody prints is taken away', async (t) => {
  const dir = await temporaryDir(t);
  const first = await printedFirst(join(dir, 'main.sock'), 'before', 'true');
  t.equal(readdirSync(dir).length, 1);
  await first?.discard();
  t.strictSame(readdirSync(dir), []);
});
