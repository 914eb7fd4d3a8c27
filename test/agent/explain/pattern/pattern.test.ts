import t from 'tap';
import type { PastEnd } from '../../../../agent/explain/pattern/past-end.ts';
import { cleanup, day, endAt, hour, minute, patternIn, scattered, start } from './sample-end.ts';

const nightly = (days: readonly number[], more: Partial<PastEnd> = {}): PastEnd[] =>
  days.map((one, i) => endAt(start + one * day + i * 90_000, { actor: cleanup(), ...more }));

t.test('third time, always at the same time, always by the same', async (t) => {
  t.strictSame(patternIn(nightly([0, 2, 5])), {
    ...{ count: 3, since: start, sameCause: true },
    text: 'Third time in 6 days, always within 2 minutes of 05:21, always by cleanup.sh (cron.service)',
    traits: [
      { kind: 'time-of-day', text: 'always within 2 minutes of 05:21' },
      { kind: 'killer', text: 'always by cleanup.sh (cron.service)' },
    ],
    prevention: 'let what cron.service runs end only what it started: systemctl cat cron.service',
  });
});

t.test('once is no pattern, and twice is only counted', async (t) => {
  t.equal(patternIn(nightly([0])), null);
  t.match(patternIn(nightly([0, 1])), { count: 2, text: 'Second time in 2 days', traits: [] });
});

t.test('what counts as the same', async (t) => {
  const [a = 0, b = 0, c = 0] = scattered(3);
  const counted = (first: Partial<PastEnd>, last: Partial<PastEnd> = {}): number =>
    patternIn([endAt(a, first), endAt(b, last), endAt(c, last)])?.count ?? 0;
  t.equal(counted({}), 3);
  t.equal(counted({ sessions: ['api'] }), 2, 'another session, and who did it is not known');
  t.equal(counted({ sessions: ['api', 'web'] }), 3, 'it was among them');
  const actor = cleanup();
  t.equal(counted({ sessions: ['api'], actor }, { actor }), 3, 'another session, the same killer');
  t.equal(counted({ server: 'other', actor }, { actor }), 2, "another server is another's affair");
  t.equal(counted({ cause: 'program-exit', signal: null }), 2);
  t.equal(counted({ signal: 'SIGTERM' }), 2);
  t.equal(counted({ signal: 'SIGTERM', actor }, { actor }), 3, 'first politely, then not');
  t.equal(counted({ sessions: [], scope: 'server' }, { sessions: [], scope: 'server' }), 3);
});

t.test('the killer is the same where only numbers differ', async (t) => {
  const actorOf = (pid: number) =>
    cleanup({ pid, cmdline: `/bin/kill -9 ${pid}`, comm: 'kill', unit: `session-${pid}.scope` });
  const ends = scattered(3).map((at, i) => endAt(at, { actor: actorOf(400 + i) }));
  t.match(patternIn(ends)?.text, /, always by cleanup\.sh \(session-402\.scope\)$/);
  const other = [...ends, endAt(start + 20 * day, { actor: cleanup({ cmdline: 'reaper' }) })];
  t.match(patternIn(other)?.traits, []);
});

t.test('it says no more than the verdicts', async (t) => {
  const likely = nightly([0, 2, 5]).map((end, i) => ({ ...end, certain: i !== 1 }));
  t.match(patternIn(likely)?.traits[1]?.text, 'always likely by cleanup.sh (cron.service)');
});

t.test('4 of 5 is said as that, 3 of 5 is nothing', async (t) => {
  const strangers = [null, cleanup({ cmdline: 'reaper' })];
  const by = (count: number) =>
    patternIn(
      scattered(5).map((at, i) =>
        endAt(at, { actor: i < count ? (strangers[i] ?? null) : cleanup() }),
      ),
    );
  t.match(by(1)?.traits, [{ kind: 'killer', text: '4 of 5 times by cleanup.sh (cron.service)' }]);
  t.strictSame(by(2)?.traits, []);
});

t.test('other deaths in between are said', async (t) => {
  const exit = { cause: 'program-exit', signal: null } as const;
  const ends = [
    endAt(start - day, exit),
    ...nightly([0, 2, 5]),
    endAt(start + 3 * day + hour, exit),
    endAt(start + 4 * day + hour, exit),
  ].sort((a, b) => a.at - b.at);
  t.match(patternIn(ends), {
    count: 3,
    sameCause: false,
    text: /^Third time in 6 days, among 5 deaths, always/,
  });
});

t.test('thirty days, and nothing that was after it', async (t) => {
  const present = endAt(start, {});
  const count = (...ats: number[]): number | undefined =>
    patternIn([...ats.map((at) => endAt(at)), present])?.count;
  t.equal(count(start - 30 * day - 1), undefined);
  t.equal(count(start - 30 * day, start - 5 * minute), 3);
  t.equal(count(start + hour), undefined, 'a clock that was set back');
  t.equal(count(0, Number.NaN, Number.POSITIVE_INFINITY, -1), undefined);
});

t.test('a huge history is bounded, and its count holds', async (t) => {
  const ends = Array.from({ length: 5000 }, (_, i) => endAt(start + i * 61_000));
  const pattern = patternIn(ends);
  t.match(pattern, { count: 200, since: start + 4800 * 61_000 });
  t.match(pattern?.text, /^200th time in 4 hours/);
});

t.test('how often, and in how long', async (t) => {
  const textOf = (count: number, apart: number): string | undefined =>
    patternIn(Array.from({ length: count }, (_, i) => endAt(start + i * apart)))?.text;
  t.match(textOf(2, 20_000), /^Second time in 1 minute$/);
  t.match(textOf(3, 20 * minute), /^Third time in 40 minutes/);
  t.match(textOf(11, 9 * minute), /^11th time in 2 hours/);
  t.match(textOf(22, 9 * minute), /^22nd time in 4 hours/);
  t.match(textOf(103, 9 * minute), /^103rd time in 16 hours/);
});
