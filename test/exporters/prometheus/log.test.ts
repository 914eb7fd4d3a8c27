import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { Episode } from '../../../exporters/prometheus/episode.ts';
import { Troubles } from '../../../exporters/prometheus/troubles.ts';
import { aDocument } from './document.ts';
import { spokenLog } from './spoken-log.ts';
import { noFile, readingOf } from './view.ts';

const root = join(import.meta.dirname, '../../..');

t.test('an episode is said when it begins, changes and ends', async (t) => {
  const said: string[] = [];
  const episode = new Episode({
    began: (reason, detail) => said.push(`began ${reason} ${detail}`),
    ended: (reason) => said.push(`ended ${reason}`),
  });
  for (const reason of [null, 'a', 'a', 'b', 'b', null, null, 'a']) episode.observe(reason, 'why');
  t.strictSame(said, ['began a why', 'began b why', 'ended b', 'began a why']);
});

t.test('one line for each episode of a state file and of a collector', async (t) => {
  const { log, lines } = spokenLog();
  const troubles = new Troubles('/s.json', log);
  const fine = readingOf(aDocument());
  const run = { collector: 'session', durationMs: 0 };
  const works = [{ ...run, error: undefined }];
  const fails = [{ ...run, error: new Error('broken') }];
  for (const reading of [fine, noFile, noFile, fine, fine]) troubles.observe(reading, works);
  for (const runs of [fails, fails, works]) troubles.observe(fine, runs);
  await log.written();
  t.match(lines, [
    { level: 'warn', path: '/s.json', reason: 'missing', detail: /no such file/ },
    { level: 'info', path: '/s.json', reason: 'missing' },
    { level: 'error', collector: 'session', err: { message: 'broken', stack: /log\.test/ } },
    { level: 'info', collector: 'session' },
  ]);
  t.equal(lines.length, 4);
});

/** Runs a line of code that logs, with stdout a file. */
const logTo = async (file: string, journal: (fd: number) => string): Promise<string> => {
  const fd = openSync(file, 'w');
  const code = `
    import { createLogger } from './exporters/process-log.ts';
    const log = createLogger('exporter', process.env);
    log.info({ n: 1 }, 'said');
    log.error('bad');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    stdio: ['ignore', fd, 'inherit'],
    env: { ...process.env, JOURNAL_STREAM: journal(fd) },
  });
  closeSync(fd);
  await once(child, 'exit');
  return readFileSync(file, 'utf8');
};

t.test('a priority stands before each line when stdout is the journal', async (t) => {
  const file = join(t.testdir(), 'out');
  const text = await logTo(file, (fd) => {
    const { dev, ino } = fstatSync(fd);
    return `${dev}:${ino}`;
  });
  t.match(text, /^<6>\{"level":"info".*\n<3>\{"level":"error".*\n$/);
});

t.test('and not when only the variable says so', async (t) => {
  const text = await logTo(join(t.testdir(), 'out'), () => '1:2');
  const [first = '', second = ''] = text.split('\n');
  t.match(JSON.parse(first), { level: 'info', component: 'exporter', n: 1, msg: 'said' });
  t.match(JSON.parse(first)['time'], /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  t.match(JSON.parse(second), { level: 'error', msg: 'bad' });
});
