import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { createJournalLine } from '../../../agent/os/journal-line.ts';

const openStream = (t: Test) => {
  const path = join(t.testdir(), 'stream');
  const fd = openSync(path, 'a');
  t.teardown(() => closeSync(fd));
  const { dev, ino } = fstatSync(fd, { bigint: true });
  const env = { ...process.env, JOURNAL_STREAM: `${dev}:${ino}` };
  return { fd, env, read: () => readFileSync(path, 'utf8') };
};

const who = { component: 'link', owner: 'ada' };

t.test('the link speaks JSON with priorities, to the journal alone', async (t) => {
  const { fd, env, read } = openStream(t);
  createJournalLine({}, who, fd).say('info', 'x');
  createJournalLine({ JOURNAL_STREAM: '1:2' }, who, fd).say('info', 'x');
  createJournalLine(env, who, 999).say('info', 'x');
  t.equal(read(), '');
  createJournalLine(env, who, fd).say('info', `two\nlines ${'x'.repeat(50_000)}`);
  t.match(read(), /^<6>\{.*\}\n$/);
  t.ok(read().length < 3000);
  t.match(JSON.parse(read().slice(3)), { level: 'info', component: 'link', owner: 'ada' });
});

t.test('a crash of the link is one line in the journal, and still a crash', async (t) => {
  const { fd, env, read } = openStream(t);
  const script = `
    import { createJournalLine } from ${JSON.stringify(import.meta.resolve('../../../agent/os/journal-line.ts'))};
    createJournalLine(process.env, { component: 'link', owner: 'ada' }).tellCrashes();
    setTimeout(() => { null.x; });`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', fd, 'ignore'],
    env,
  });
  t.equal(status, 1);
  t.match(read(), /^<2>\{.*\}\n$/);
  t.match(JSON.parse(read().slice(3)), { level: 'fatal', stack: /^TypeError: / });
});
