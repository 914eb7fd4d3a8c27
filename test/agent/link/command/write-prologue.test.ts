import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { writePrologue } from '../../../../agent/link/command/write-prologue.ts';
import { temporaryDir } from '../../store/temporary-log.ts';

t.test('only a terminal is written to, whatever tmux calls one', async (t) => {
  const file = join(await temporaryDir(t), 'profile');
  await writeFile(file, 'mine');
  for (const path of [file, `/dev/pts/../..${file}`, '/dev/pts/', '/dev/null', '', '/dev/pts/1x']) {
    await writePrologue(path, 'text');
  }
  t.equal(await readFile(file, 'utf8'), 'mine');
});

t.test('a terminal that is gone is no failure', async (t) => {
  await t.resolves(writePrologue('/dev/pts/4194304999', 'text'));
});
