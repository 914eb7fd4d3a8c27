import fc from 'fast-check';
import t from 'tap';
import { jsonLine } from '../../../../agent/cli/frame/print-json.ts';
import { whyDocument } from '../../../../agent/cli/why/document.ts';
import type { UnitEvents } from '../../../../agent/model/events/unit.ts';
import { hostileText } from '../../../exporters/notifier/telegram/format/hostile.ts';
import { death, ended, wrote } from '../../model/unit-sample.ts';
import { deathOf, eventOf, noon, reportOf } from '../sample.ts';
import { actorOf, witnessed } from './sample-actor.ts';
import { patternOf } from './sample-pattern.ts';

const deaths = [deathOf('bot', { others: [] })];

t.test('the contract, field by field', async (t) => {
  const verdict = witnessed();
  const { events, deeds, ...document } = whyDocument(reportOf(deaths, verdict));
  t.strictSame(document, {
    ...{ schema: 1, incident: '7', at: noon, sessions: ['bot'] },
    ...{ cause: 'signal', scope: 'session', confidence: 'certain' },
    signal: { name: 'SIGKILL', code: 9 },
    exitStatus: null,
    actor: {
      ...{ pid: 4711, comm: 'pkill', cmdline: '/usr/bin/pkill -9 -f mux', uid: 1000 },
      ...{ user: 'deploy', unit: 'cron.service', session: null },
      ancestry: actorOf().ancestry,
    },
    ...{ summary: verdict.summary, evidence: verdict.evidence, missing: verdict.missing },
    deaths: [
      {
        ...{ session: 'bot', life: 'boot/100-1/$bot', lastSeen: noon - 400, found: noon },
        ...{ ageMs: 11_520_000, exit: { status: null, signal: 9, at: noon - 3 } },
        ...{ lastCommand: 'npm run deploy', screenTail: 'deploying…\nuploading 7 of 12' },
      },
    ],
    preceded: { text: [], done: [], machine: [], sessions: [] },
    ...{ pattern: null, server: 'main', trace: 'a'.repeat(32), acknowledged: null, more: false },
  });
  t.match(deeds, [
    { at: noon + 2, text: 'decided: recover bot (died)' },
    { at: noon + 3, text: /^session.create bot: done after/ },
  ]);
  t.equal(events[0]?.type, 'session.died');
});

t.test('the minute before, by whoever tells of it', async (t) => {
  const done = [{ at: noon - 9, source: 'apt', text: 'apt changed 3 packages' }];
  const usageBefore = [{ at: noon - 1000, rssBytes: 4096, cpu: 0.5 }];
  const machineBefore = [
    { at: noon - 1000, memoryTotalBytes: 8, memoryAvailableBytes: 4, cpuBusy: 0.5, pressure: null },
  ];
  const report = reportOf([deathOf('bot', { usageBefore })], witnessed({ preceded: done }));
  const opening = { incident: '7', server: 'main', lives: [], sessions: [], machineBefore };
  report.events.unshift(eventOf(0, 'incident.opened', opening));
  const text = ['CPU pressure 45 %'];
  t.strictSame(whyDocument({ ...report, preceded: text }).preceded, {
    ...{ text, done, machine: machineBefore },
    sessions: [{ session: 'bot', life: 'boot/100-1/$bot', usage: usageBefore }],
  });
  const { preceded: _, ...older } = report;
  t.strictSame(whyDocument(older as typeof report).preceded.text, []);
});

t.test('a pattern, without what else an agent may send', async (t) => {
  const trait = { kind: 'killer', text: 'always by x', secret: 1 } as const;
  const pattern = { ...patternOf({ traits: [trait] }), secret: 1 };
  const printed = whyDocument({ ...reportOf(deaths), pattern }).pattern;
  const { kind, text } = trait;
  t.strictSame(printed, patternOf({ traits: [{ kind, text }] }));
  const { pattern: _, ...older } = reportOf(deaths);
  t.equal(whyDocument(older as ReturnType<typeof reportOf>).pattern, null);
});

t.test('what is not known is null, and no verdict is no cause', async (t) => {
  const bare = deathOf('bot', { screens: [], lastCommand: { text: '', source: 'not known' } });
  const before = whyDocument(reportOf([bare], null));
  t.match(before, {
    ...{ cause: null, scope: null, confidence: null, signal: null, actor: null, summary: null },
    ...{ exitStatus: null, evidence: [], missing: [] },
    deaths: [{ lastCommand: null, screenTail: null }],
  });
  const { actor: _, ...older } = witnessed({ signal: null, exitStatus: 3 });
  t.match(whyDocument(reportOf([bare], older)), { actor: null, signal: null, exitStatus: 3 });
});

t.test('of a unit the last lines it wrote, and why there are none', async (t) => {
  const tailOf = (output: Parameters<typeof eventOf<'unit.output'>>[2]) => {
    const report = reportOf([]);
    const end = ended({ death }).data as UnitEvents['unit.ended'];
    report.events.unshift(eventOf(0, 'unit.ended', end), eventOf(1, 'unit.output', output));
    return whyDocument(report).deaths.map(({ screenTail }) => screenTail);
  };
  t.strictSame(tailOf(wrote('listening on 8080')), ['listening on 8080']);
  t.strictSame(tailOf({ ...wrote(''), output: null, why: 'no journal' }), [null]);
});

t.test('every death in short, and who knows of it', async (t) => {
  const report = reportOf(['bot', 'web'].map((session) => deathOf(session)));
  const by = { uid: 1000, pid: 5, session: null };
  report.incident.acknowledged = { at: noon, by };
  const document = whyDocument({ ...report, more: true });
  t.same(
    document.deaths.map(({ session }) => session),
    ['bot', 'web'],
  );
  t.match(document, { more: true, acknowledged: { at: noon, by } });
});

t.test('what the log holds besides of an actor is not passed on', async (t) => {
  const ancestor = { pid: 3, comm: 'sh', cmdline: null, environ: 'SECRET=1' };
  const actor = { ...actorOf({ ancestry: [ancestor] }), environ: 'SECRET=1' };
  const document = whyDocument(reportOf(deaths, witnessed({ actor })));
  t.notMatch(JSON.stringify(document), 'SECRET');
});

t.test(
  'on a line of JSON, hostile text comes back as it was and controls no terminal',
  async (t) => {
    const text = hostileText(12);
    fc.assert(
      fc.property(text, text, (comm, cmdline) => {
        const actor = actorOf({ comm, cmdline, ancestry: [{ pid: 2, comm, cmdline }] });
        const line = jsonLine(whyDocument(reportOf(deaths, witnessed({ actor }))));
        const safe = !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(line);
        return safe && JSON.parse(line).actor.ancestry[0].cmdline === cmdline;
      }),
    );
    t.pass();
  },
);
