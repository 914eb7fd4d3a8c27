import fc from 'fast-check';
import t from 'tap';
import { widthOf } from '../../../../agent/cli/view/width.ts';
import { fullPage } from '../../../../agent/cli/why/full-page.ts';
import { type WhySubject, whyPage } from '../../../../agent/cli/why/page.ts';
import type { Verdict } from '../../../../agent/model/events/incident.ts';
import { hostileText } from '../../../exporters/notifier/telegram/format/hostile.ts';
import { matchesGolden, terminalOfSize } from '../golden.ts';
import { deathOf, eventOf, noon, reportOf } from '../sample.ts';
import { actorOf, witnessed } from './sample-actor.ts';
import { patternOf } from './sample-pattern.ts';

process.env['TZ'] = 'UTC';

const later = noon + 180_000;
const blob = 'b'.repeat(64);
const screen = Array.from({ length: 40 }, (_, i) => `part ${i} of 40`).join('\n');

const subjectOf = (verdict: Verdict = witnessed()): WhySubject => ({
  report: reportOf([deathOf('bot', { others: [] })], verdict),
  session: null,
  screens: new Map([[blob, screen]]),
});

t.test('one death with its actor on the smallest usual terminal', async (t) => {
  const page = whyPage(subjectOf(), later, terminalOfSize(80, 24));
  t.ok(page.length < 24, `${page.length} rows`);
  matchesGolden(t, 'why-actor-80', page);
  matchesGolden(t, 'why-actor', whyPage(subjectOf(), later, terminalOfSize(100, 50)));
});

t.test('how the same came about before, and what would prevent it', async (t) => {
  const subject = subjectOf();
  subject.report.pattern = patternOf();
  const page = whyPage(subject, later, terminalOfSize(80, 24));
  t.ok(page.length < 24, `${page.length} rows`);
  matchesGolden(t, 'why-pattern-80', page);
  matchesGolden(t, 'why-pattern', whyPage(subject, later, terminalOfSize(100, 50)));
  subject.report.pattern = patternOf({ prevention: null });
  t.notMatch(whyPage(subject, later, terminalOfSize(80, 24)).join('\n'), 'To prevent it');
  const { pattern: _, ...older } = subject.report;
  const before = whyPage(
    { ...subject, report: older as typeof subject.report },
    later,
    terminalOfSize(80, 24),
  );
  t.same(
    before,
    whyPage(subjectOf(), later, terminalOfSize(80, 24)),
    'an agent of an older release',
  );
});

/** A report of a minute in which much went on. */
const afterMuch = (): WhySubject => {
  const preceded = [
    { at: noon - 42_000, source: 'apt', text: 'apt changed 12 packages (unattended-upgrade)' },
    { at: noon - 9000, source: 'logind', text: 'New session 3 of user deploy.' },
  ];
  const subject = subjectOf(witnessed({ preceded }));
  const point = { memoryTotalBytes: 2 ** 31, cpuBusy: 0.97 };
  const machineBefore = [0.9, 1.4, 1.9].map((used, i) => ({
    ...{ ...point, at: noon - 15_000 + 5000 * i, memoryAvailableBytes: 2 ** 31 - used * 2 ** 30 },
    pressure: i === 0 ? null : { cpu: 45.2, memory: 3, io: 0.5 },
  }));
  const usageBefore = [{ at: noon - 5000, rssBytes: 2 ** 27, cpu: 0.42 }];
  const opening = { incident: '7', server: 'main', lives: [], sessions: [], machineBefore };
  const events = [
    eventOf(0, 'incident.opened', opening),
    eventOf(1, 'session.died', deathOf('bot', { others: [], usageBefore })),
    ...subject.report.events.slice(1),
  ];
  const measured = [
    'memory of the machine rose from 0.9G to 1.9G of 2.0G in 10 s',
    'CPU pressure 45 %',
  ];
  return { ...subject, report: { ...subject.report, events, preceded: measured } };
};

t.test('what came just before, in a line or two, and with --evidence in full', async (t) => {
  const subject = afterMuch();
  const page = whyPage(subject, later, terminalOfSize(80, 24));
  t.ok(page.length < 24, `${page.length} rows`);
  matchesGolden(t, 'why-preceded-80', page);
  matchesGolden(t, 'why-preceded', whyPage(subject, later, terminalOfSize(100, 50)));
  const full = fullPage(subject, later, terminalOfSize(80, 24));
  t.ok(full.every((line) => widthOf(line) <= 80));
  matchesGolden(t, 'why-preceded-evidence', full);
});

t.test('nothing is said of a calm minute, nor by an agent of an older release', async (t) => {
  const { report } = subjectOf();
  const calm = whyPage(subjectOf(), later, terminalOfSize(80, 24)).join('\n');
  t.notMatch(calm, 'Just before');
  const { preceded: _, ...older } = report;
  const subject = { ...subjectOf(), report: older as typeof report };
  t.equal(whyPage(subject, later, terminalOfSize(80, 24)).join('\n'), calm);
  t.notMatch(fullPage(subject, later, terminalOfSize(80, 24)).join('\n'), 'minute before');
});

t.test('however much there is to say, it fits 80 by 24', async (t) => {
  const long = 'word '.repeat(60);
  const many = Array.from({ length: 20 }, () => long);
  const verdict = witnessed({
    summary: long.slice(0, 230),
    actor: actorOf({ cmdline: long, session: 'w'.repeat(60), unit: long }),
    evidence: many.map((text) => ({ at: noon, source: 'procfs', text })),
    missing: many,
    preceded: many.map((text) => ({ at: noon, source: 'apt', text })),
  });
  const subject = subjectOf(verdict);
  subject.report.preceded = many;
  const { incident, events } = subject.report;
  incident.sessions = ['b'.repeat(64)];
  incident.acknowledged = { at: noon, by: { uid: 1000, pid: 5, session: 'web' } };
  const target = { server: 'main', session: 'bot', life: null };
  for (let i = 0; i < 20; i += 1) {
    events.push(eventOf(50 + i, 'decision.made', { decision: 'give-up', reason: 'died', target }));
  }
  subject.report.pattern = patternOf({ text: long, prevention: long });
  const page = whyPage(subject, later, terminalOfSize(80, 24));
  t.ok(page.length < 24, page.join('\n'));
  t.match(page.join('\n'), /^Evidence, \d of 20: holdfast why --evidence$/m);
  t.match(page.join('\n'), /^Not seen, \d of 20: /m);
  t.match(page.join('\n'), /^What Holdfast did, \d of 22: /m);
  t.match(page.join('\n'), /^ {2}last command /m, 'what it did last stays');
});

t.test('--evidence leaves nothing out and cuts nothing', async (t) => {
  const words = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');
  const path = `/${'deep/'.repeat(60)}end`;
  const evidence = Array.from({ length: 30 }, (_, i) => ({
    ...{ at: noon + i, source: 'procfs', text: `line ${i} ${words}` },
  }));
  const missing = Array.from({ length: 12 }, (_, i) => `unseen ${i}`);
  const verdict = witnessed({ evidence, missing, actor: actorOf({ cmdline: path }) });
  const second = deathOf('web', { screens: [] });
  const report = reportOf([deathOf('bot', { others: [] }), second], verdict);
  const subject = { ...subjectOf(), report };
  const page = fullPage(subject, later, terminalOfSize(80, 24));
  const all = page.map((line) => line.trim()).join(' ');
  for (const { text } of evidence) t.ok(all.includes(text), text.slice(0, 8));
  for (const text of missing) t.ok(page.includes(`  - ${text}`), text);
  t.ok(all.replaceAll(' ', '').includes(path), 'a word longer than a line goes on on the next');
  t.match(page.join('\n'), /part 0 of 40 /, 'the whole screen');
  t.ok(page.includes('bot') && page.includes('web'), 'each death');
  t.ok(page.every((line) => widthOf(line) <= 80));
  t.notMatch(page.join('\n'), '…\n');
  subject.report.pattern = patternOf({ text: words, prevention: path });
  const withPattern = fullPage(subject, later, terminalOfSize(80, 24)).map((line) => line.trim());
  t.ok(withPattern.join(' ').startsWith(page[0] ?? '-'));
  t.ok(withPattern.join('').replaceAll(' ', '').split(path).length > 2);
  matchesGolden(t, 'why-evidence', fullPage(subjectOf(), later, terminalOfSize(80, 24)));
});

t.test('--evidence says what the report itself leaves out', async (t) => {
  const subject = subjectOf();
  subject.report.incident.lives = Array.from({ length: 300 }, (_, i) => `l${i}`);
  const page = fullPage(subject, later, terminalOfSize(100));
  t.ok(page.includes('  and 299 deaths more, in: holdfast events --type session.died'));
  const none = { ...subject, report: { ...reportOf([], null), more: false } };
  t.match(fullPage(none, later, terminalOfSize(100))[0], /^the tmux server main died/);
});

t.test('whoever killed it writes nothing but text, and in no more room than is his', async (t) => {
  const text = hostileText(16);
  const process = fc.record({ pid: fc.nat(), comm: text, cmdline: fc.option(text) });
  const actor = fc.record({
    ...{ pid: fc.nat(), comm: text, cmdline: fc.option(text), uid: fc.option(fc.nat()) },
    ...{ user: fc.option(text), unit: fc.option(text), session: fc.option(text) },
    ancestry: fc.array(process, { maxLength: 8 }),
  });
  const obeyed = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
  const terminal = terminalOfSize(80, 24);
  fc.assert(
    fc.property(actor, text, (actor, said) => {
      const preceded = [{ at: noon, source: 'apt', text: said }];
      const subject = subjectOf(witnessed({ actor, preceded }));
      subject.report.preceded = [said];
      subject.report.pattern = patternOf({ text: said, prevention: said });
      const page = whyPage(subject, later, terminal);
      const lines = [...page, ...fullPage(subject, later, terminal)];
      const safe = lines.every((line) => !obeyed.test(line) && widthOf(line) <= 80);
      return safe && page.length < 24;
    }),
    { numRuns: 300 },
  );
  t.pass();
});
