import t from 'tap';
import type { Cause, Confidence } from '../../agent/model/events/incident.ts';
import { grade, type Said } from './grade.ts';
import type { Outcome } from './outcome.ts';
import { hasFailed, noteLines, summaryLines, tableLines } from './table.ts';
import type { Expected } from './way.ts';

const said = (cause: Cause, confidence: Confidence): Said => ({
  verdict: {
    ...{ cause, confidence, scope: 'session', summary: '', signal: null, exitStatus: null },
    ...{ evidence: [], missing: [] },
  },
  incidents: 1,
  meant: [],
});

const outcome = (way: string, expected: Expected, heard: Said): Outcome => ({
  ...{ matter: 'signals', way, server: 'managed' },
  result: { expected, said: heard, grade: grade(expected, heard) },
});

const killed: Expected = {
  ...{ benign: false, sessions: ['one'], causes: ['signal', 'rlimit'], scope: 'session' },
  ...{ killers: [{ pid: 1, cmdline: [] }], own: [] },
};
const peace: Expected = { benign: true, sessions: ['one'] };
const silence: Said = { verdict: null, incidents: 0, meant: [] };

const right = outcome('right', killed, said('signal', 'certain'));
const wrong = outcome('wrong', killed, said('logout', 'likely'));
const unknown = outcome('unknown', killed, said('unknown', 'possible'));
const quiet = outcome('quiet', peace, silence);
const broken: Outcome = {
  ...{ matter: 'exits', way: 'broken', server: 'adopted', result: { broken: 'no tmux' } },
};
const all = [right, wrong, unknown, quiet, broken];
const part = (...outcomes: Outcome[]) => ({ outcomes, troubles: [] });

t.test('a row for each way, below what it is about', async (t) => {
  t.strictSame(tableLines(all), [
    '           server   truth             said         confidence  scope  killer',
    'signals',
    '  right    managed  signal or rlimit  signal       certain     right  not named  right',
    '  wrong    managed  signal or rlimit  logout       likely      right  not named  WRONG',
    '  unknown  managed  signal or rlimit  unknown      possible    right  not named  unknown',
    '  quiet    managed  no incident       no incident                                right',
    'exits',
    '  broken   adopted                                                               broken',
  ]);
});

t.test('runs that came out alike are one row', async (t) => {
  const otherwise = outcome('right', killed, said('unknown', 'possible'));
  const lines = tableLines([right, otherwise, right]);
  t.equal(lines.length, 4);
  t.match(lines[2], /right \(2\)$/);
  t.match(lines[3], /unknown$/);
});

t.test('what is wrong, broken and left out is said once', async (t) => {
  const skipped = [{ way: 'lab', because: 'it takes a whole machine to itself' }];
  t.strictSame(noteLines([...all, wrong], skipped), [
    'wrong (managed): the cause is signal or rlimit, not logout',
    'broken (adopted) is broken: no tmux',
    'lab was left out: it takes a whole machine to itself',
  ]);
});

t.test('the figures', async (t) => {
  t.strictSame(summaryLines(all), [
    'cause right: 33 % (1 of 3)',
    'scope right: 100 % (3 of 3)',
    'killer named: 0 % (0 of 3)',
    'unknown: 33 % (1 of 3)',
    'no incident where nothing died: 100 % (1 of 1)',
    'wrong: 1',
    'wrong and confident: 1 (0 certain, 1 likely, 0 without a verdict)',
    'broken: 1',
  ]);
  t.match(summaryLines([]), ['cause right: none to judge', 'scope right: none to judge']);
  t.match(summaryLines([right]).join('\n'), 'wrong and confident: 0\n');
});

t.test('what makes a run fail', async (t) => {
  t.equal(hasFailed(part(right, unknown, quiet)), false);
  t.equal(hasFailed(part(right, wrong)), true);
  t.equal(hasFailed(part(right, broken)), true);
  t.equal(hasFailed(part(outcome('noise', peace, said('unknown', 'possible')))), true);
  const troubles = ['the machine is not as before'];
  t.equal(hasFailed({ ...part(right), troubles }), true, 'not all was tried');
});
