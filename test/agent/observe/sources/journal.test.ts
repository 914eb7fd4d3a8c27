import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import {
  createJournal,
  type RunJournalctl,
  runJournalctl,
} from '../../../../agent/observe/sources/journal.ts';
import { manager, printed } from './recorded.ts';

const at = 1795274341112;
const span = { since: at - 500, until: at + 500 };
const query = { span, matches: ['_PID=1'], fields: ['UNIT'] };
const expected = { why: 'nothing', advice: 'something' };
const unaborted = new AbortController().signal;
const saying =
  (...documents: unknown[]): RunJournalctl =>
  async () =>
    printed(documents.map((document) => JSON.stringify(document)).join('\n'));
const failing =
  (cause: Error): RunJournalctl =>
  () =>
    Promise.reject(cause);

t.test('what is asked of journalctl is bounded', async (t) => {
  const asked: string[][] = [];
  const journal = createJournal(async (args) => {
    asked.push([...args]);
    return printed('');
  });
  await journal.read(query, unaborted);
  t.match(asked[0], [
    ...['--quiet', '--no-pager', '--output=json', '--lines=500', /^--output-fields=_PID,.*,UNIT$/],
    ...['--since=@1795274340', '--until=@1795274342', '_PID=1'],
  ]);
  await journal.read({ matches: ['_PID=1'], fields: [], most: 20 }, unaborted);
  t.match(asked[1], ['--quiet', '--no-pager', '--output=json', '--lines=20', /^--out/, '_PID=1']);
  await journal.probe(['_PID=1'], expected, unaborted);
  t.ok(asked[2]?.includes('--lines=1'));
});

t.test('entries beyond the span are left out: journalctl is asked for whole seconds', async (t) => {
  const early = { ...manager, _SOURCE_REALTIME_TIMESTAMP: String((at - 501) * 1000) };
  const journal = createJournal(saying(early, manager));
  t.match(await journal.read(query, unaborted), { found: [{ at }], cut: null });
  const { span: _, ...ofAnyTime } = query;
  t.equal((await journal.read(ofAnyTime, unaborted)).found.length, 2);
});

t.test('a reading that is cut says so', async (t) => {
  const cutOf = async (count: number, whole: boolean) => {
    const text = Array.from({ length: count }, () => JSON.stringify(manager)).join('\n');
    return (await createJournal(async () => ({ text, whole })).read(query, unaborted)).cut;
  };
  t.equal(await cutOf(499, true), null);
  t.equal(await cutOf(500, true), 'only the last 500 entries were read');
  const few = await createJournal(saying(manager)).read({ ...query, most: 1 }, unaborted);
  t.equal(few.cut, 'only the last 1 entries were read');
  t.equal(await cutOf(3, false), 'only the first 2 MB of the journal were read');
});

t.test('a reading that fails says so', async (t) => {
  const journal = createJournal(failing(new Error('no such thing')));
  await t.rejects(journal.read(query, unaborted), {
    ...{ code: 'journal-unread', message: 'journalctl: no such thing' },
  });
});

t.test('whether it can be read', async (t) => {
  const probe = (run: RunJournalctl) => createJournal(run).probe([], expected, unaborted);
  t.same(await probe(saying(manager)), { ok: true });
  t.same(await probe(saying()), { ok: false, ...expected });
  const missing = Object.assign(new Error('spawn journalctl ENOENT'), { code: 'ENOENT' });
  t.match(await probe(failing(missing)), { ok: false, why: 'journalctl is not installed' });
  t.match(await probe(failing(new Error('denied'))), { ok: false, why: /denied/ });
});

t.test('whoever asked may give up', async (t) => {
  const signals: AbortSignal[] = [];
  const journal = createJournal(async (_args, signal) => {
    signals.push(signal);
    return printed('');
  });
  const giveUp = new AbortController();
  await journal.read(query, giveUp.signal);
  t.notOk(signals[0]?.aborted);
  giveUp.abort();
  t.ok(signals[0]?.aborted);
});

const installed = (() => {
  try {
    execFileSync('journalctl', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

t.test('the real journalctl', { skip: !installed && 'no journalctl' }, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-journal-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const within = (path: string) =>
    createJournal((args, signal) => runJournalctl([...args, `--directory=${path}`], signal));
  const everything = {
    ...query,
    matches: ['_PID=1', 'PRIORITY=4', '+', '_PID=1', 'UNIT=a.service'],
  };
  const none = { found: [], cut: null };
  t.same(await within(directory).read(everything, unaborted), none, 'it takes the arguments');
  const ofRun = [`_SYSTEMD_INVOCATION_ID=${'ab'.repeat(16)}`, '_TRANSPORT=stdout'];
  const last = { matches: ofRun, fields: [], most: 20 };
  t.same(await within(directory).read(last, unaborted), none, 'and those without a time');
  await t.rejects(within(join(directory, 'none')).read(query, unaborted), {
    ...{ code: 'journal-unread', message: /^journalctl: Failed to open \/.*\/none: No such file/ },
  });
  const aborted = within(directory).read(query, AbortSignal.abort());
  await t.rejects(aborted, { code: 'journal-unread' });
});
