import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Evidence } from '../../../agent/explain/evidence.ts';
import { explain, lateEvidenceMs } from '../../../agent/explain/explain.ts';
import { rules } from '../../../agent/explain/rules.ts';
import { signalName } from '../../../agent/explain/signals.ts';
import { maxEventBytes } from '../../../agent/model/event.ts';
import type { DeathRecord } from '../../../agent/model/events/death.ts';
import { causes, type Verdict } from '../../../agent/model/events/incident.ts';
import { at, death, evidence, hostWith, signal, status } from './sample-death.ts';
import { unwitnessed } from './unwitnessed/ways.ts';
import { composed } from './witnessed/composed.ts';
import { ways } from './witnessed/ways.ts';
import { writtenWays } from './written/ways.ts';

const adopted = { name: 'mine', managed: false };
const ended = (how: 'killed' | 'exited' | 'unknown', text = '') => ({ at, how, text });
const sender = /^who sent it/;

interface Row {
  rule: string;
  given: Partial<Evidence>;
  verdict: Partial<Verdict> | object;
}

const oom = { session: 'bot', at, kills: 2, whose: 'session', limitBytes: 50 * 2 ** 20 } as const;

const table: Row[] = [
  {
    rule: 'session-oom',
    given: { deaths: [death({ exit: signal(9) })], ooms: [oom] },
    verdict: {
      ...{ cause: 'oom-cgroup', confidence: 'certain', summary: /"bot" was over memoryMax/ },
      evidence: [
        { source: 'cgroup', text: /killed 2 of its processes over its memoryMax of 50MiB/ },
      ],
    },
  },
  {
    rule: 'session-oom',
    given: { deaths: [death({ exit: signal(9) })], ooms: [{ ...oom, whose: 'machine' }] },
    verdict: { cause: 'oom-system', confidence: 'possible', missing: [/machine itself/] },
  },
  {
    rule: 'session-oom',
    given: {
      deaths: [death({ exit: signal(9), host: hostWith({ memoryAvailableBytes: 2 }) })],
      ooms: [{ ...oom, whose: 'machine' }],
    },
    verdict: { cause: 'oom-system', confidence: 'likely' },
  },
  {
    rule: 'removed-by-tmux',
    given: { ooms: [oom] },
    verdict: { cause: 'tmux-command', evidence: [{ source: 'cgroup' }, { source: 'tmux' }] },
  },
  {
    rule: 'different-endings',
    given: {
      deaths: [death({ exit: signal(9) }), death({ session: 'api', exit: status(1) })],
      ooms: [oom],
    },
    verdict: { cause: 'unknown' },
  },
  {
    rule: 'reboot',
    given: {
      reboot: { clean: false },
      serverEnd: ended('unknown'),
      deaths: [death({ exit: signal(9) })],
    },
    verdict: {
      cause: 'host-crash',
      scope: 'host',
      confidence: 'likely',
      missing: [/^who or what/],
    },
  },
  {
    rule: 'reboot',
    given: { reboot: { clean: true } },
    verdict: {
      cause: 'shutdown',
      scope: 'host',
      confidence: 'certain',
      summary: /1 session ended/,
    },
  },
  {
    rule: 'server-killed',
    given: {
      serverEnd: ended('killed', '%exit server exited unexpectedly'),
      deaths: [death(), death()],
    },
    verdict: {
      ...{ cause: 'signal', scope: 'server', confidence: 'possible', summary: /2 sessions ended/ },
      ...{ evidence: [{ source: 'tmux', text: '%exit server exited unexpectedly' }] },
      ...{ missing: [/^which signal/, sender] },
    },
  },
  {
    rule: 'server-killed',
    given: { serverEnd: ended('killed') },
    verdict: { evidence: [{ text: 'the connection broke' }] },
  },
  {
    rule: 'server-exited',
    given: { serverEnd: ended('exited', '%exit server exited') },
    verdict: {
      ...{ cause: 'unknown', scope: 'server', confidence: 'possible' },
      ...{
        evidence: [{ text: /^%exit server exited: an orderly/ }],
        missing: [/^whether kill-server or SIGTERM/, sender],
      },
    },
  },
  {
    rule: 'server-exited',
    given: { serverEnd: ended('exited') },
    verdict: { evidence: [{ text: /^%exit: an orderly/ }] },
  },
  {
    rule: 'server-gone',
    given: { serverEnd: ended('unknown'), deaths: [death({ watched: 'agent-down' })] },
    verdict: {
      ...{ cause: 'unknown', scope: 'server', summary: /the agent was not running/ },
      ...{
        evidence: [{ text: 'the server process is gone' }],
        missing: [/^how it ended: the agent/, sender],
      },
    },
  },
  {
    rule: 'server-gone',
    given: { serverEnd: ended('unknown', 'nobody saw it go'), deaths: [] },
    verdict: {
      summary: /nobody heard its last words when it went; 0 sessions/,
      evidence: [{ text: 'nobody saw it go' }],
    },
  },
  {
    rule: 'different-endings',
    given: { deaths: [death({ exit: status(1) }), death({ session: 'web', exit: signal(9) })] },
    verdict: {
      ...{
        cause: 'unknown',
        summary: /2 different ways/,
        missing: [/^whether these ends/, sender],
      },
      ...{
        evidence: [
          { text: 'bot: its last program exited with status 1' },
          { text: 'web: its last program was ended by SIGKILL' },
        ],
      },
    },
  },
  {
    rule: 'different-endings',
    given: { deaths: [death({ exit: status(0) }), death({ session: 'web' })] },
    verdict: { cause: 'unknown', evidence: [{}, { text: 'web: no exit was recorded' }] },
  },
  {
    rule: 'pane-signal',
    given: { deaths: [death({ exit: signal(9) })] },
    verdict: {
      ...{
        cause: 'signal',
        scope: 'session',
        confidence: 'possible',
        summary: /"bot" was ended by SIGKILL/,
      },
      ...{ signal: { name: 'SIGKILL', number: 9 }, exitStatus: null },
      missing: [
        /^whether the kernel killed it for want of memory or for a limit of its processor time/,
        sender,
      ],
    },
  },
  {
    rule: 'pane-signal',
    given: { deaths: [death({ exit: signal(15) })] },
    verdict: { cause: 'signal', confidence: 'likely', missing: [sender] },
  },
  {
    rule: 'pane-signal',
    given: { deaths: [death({ exit: signal(1) })] },
    verdict: {
      ...{ cause: 'signal', confidence: 'possible' },
      missing: [/^whether somebody sent it, or the program had let go of its terminal/, sender],
    },
  },
  {
    rule: 'pane-signal',
    given: { deaths: [death({ exit: signal(11) })] },
    verdict: {
      cause: 'program-crash',
      confidence: 'possible',
      summary: /ended by SIGSEGV, as one is that crashes/,
      missing: [/^whether the signal came/],
    },
  },
  {
    rule: 'pane-signal',
    given: { deaths: [death({ exit: signal(24) })] },
    verdict: {
      cause: 'rlimit',
      confidence: 'possible',
      summary: /ended by SIGXCPU/,
      missing: [/^which limits its process had/, sender],
    },
  },
  {
    rule: 'pane-signal',
    given: { deaths: [death({ exit: signal(40) })] },
    verdict: { cause: 'signal', signal: { name: 'signal 40', number: 40 } },
  },
  {
    rule: 'program-exit',
    given: { deaths: [death({ exit: status(3) })] },
    verdict: {
      cause: 'program-exit',
      confidence: 'possible',
      exitStatus: 3,
      signal: null,
      missing: [/^whether a signal made it exit: a witness would have told/],
    },
  },
  {
    rule: 'program-exit',
    given: { deaths: [death({ exit: status(137) })] },
    verdict: {
      ...{ cause: 'program-exit', confidence: 'possible', exitStatus: 137 },
      missing: [/^whether SIGKILL is meant/, /^whether a signal made it exit/],
    },
  },
  {
    rule: 'removed-by-tmux',
    given: {},
    verdict: {
      ...{ cause: 'tmux-command', confidence: 'likely', summary: /the session "bot"/ },
      ...{ evidence: [{ text: 'bot: no exit was recorded' }], missing: [/^who gave the command/] },
    },
  },
  {
    rule: 'removed-by-tmux',
    given: { deaths: [death(), death({ session: 'web' })] },
    verdict: { summary: /remove 2 sessions/ },
  },
  {
    rule: 'nothing-known',
    given: { server: adopted },
    verdict: {
      ...{ cause: 'unknown', confidence: 'possible', summary: /1 session on "mine"/ },
      ...{ evidence: [{ text: 'bot: gone from the list of sessions' }] },
      ...{ missing: [/^how its programs ended: an adopted/, sender] },
    },
  },
  {
    rule: 'nothing-known',
    given: { server: adopted, trouble: 'hung', deaths: [death({ watched: 'link-down' })] },
    verdict: { missing: [/^the moment itself: no link/, /the server was hung/, /adopted/, sender] },
  },
  {
    rule: 'nothing-known',
    given: { deaths: [] },
    verdict: { summary: /0 sessions/, missing: [sender] },
  },
];

for (const { rule, given, verdict } of table) {
  t.test(`${rule}: ${JSON.stringify(verdict)}`, async (t) => {
    const reached = explain(evidence(given));
    t.match(reached, verdict);
    t.match(reached.evidence.at(-1), { source: 'rule', text: rule });
  });
}

t.test('each rule has a name, a sentence and an example', async (t) => {
  const names = rules.map(({ name }) => name);
  t.equal(new Set(names).size, names.length);
  const examples = [...table, ...ways, ...composed, ...writtenWays, ...unwitnessed].map(
    ({ rule }) => rule,
  );
  t.strictSame([...new Set(examples)].sort(), [...names].sort());
  for (const { sentence } of rules) t.match(sentence, /^[A-Z].*\.$/s);
  t.ok(lateEvidenceMs <= 500, 'a verdict comes soon');
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 220 }),
  fc.constantFrom('\u0000'.repeat(220), '会'.repeat(200), '\u{1f4e6}'.repeat(200), ''),
);
const exit = fc.oneof(
  fc.constant(null),
  fc.nat(255).map(status),
  fc.integer({ min: 1, max: 64 }).map(signal),
);
const seconds = fc.option(fc.nat(3));
const leader = fc.record({
  ...{ at: fc.nat(), ageMs: fc.nat(5000), handles: fc.subarray([1, 2, 15, 24]) },
  ...{ cpuSoft: seconds, cpuHard: seconds, fileSize: seconds },
  ...{ cpuMs: fc.nat(4000), cpuAt: fc.nat() },
});
const anyPane = fc.record({
  ...{ id: fc.constant('%1'), pid: fc.constant(7), startTime: fc.constant(7), exit },
  ...{ command: fc.constant(''), historyLines: fc.constant(0), leader },
});
const anyDeath: fc.Arbitrary<DeathRecord> = fc
  .record({
    ...{ session: anyText, exit, found: fc.nat() },
    watched: fc.constantFrom('live' as const, 'link-down' as const, 'agent-down' as const),
    panes: fc.array(anyPane, { maxLength: 2 }),
  })
  .map(death);
const serverEnd = fc.record({
  ...{ at: fc.nat(), text: anyText },
  how: fc.constantFrom('exited' as const, 'killed' as const, 'unknown' as const),
});
const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  server: fc.record({ name: fc.constantFrom('main', 'x'.repeat(40)), managed: fc.boolean() }),
  serverEnd: fc.option(serverEnd),
  trouble: fc.constantFrom(null, 'hung' as const, 'socket-lost' as const),
  reboot: fc.option(fc.record({ clean: fc.boolean() })),
  deaths: fc.array(anyDeath, { maxLength: 40 }),
  memoryKills: fc.option(fc.record({ since: fc.nat(), until: fc.nat(), kills: fc.nat(3) }), {
    nil: null,
  }),
});

/** What a verdict must admit not to know: who did it, unless a program ended by itself. */
const admitsIgnorance = ({ cause, missing }: Verdict): boolean =>
  cause === 'program-exit' ||
  missing.some((line) => /^who |^whom |^whether the signal came/.test(line));

t.test('it never guesses, and never says more than an event holds', async () => {
  fc.assert(
    fc.property(anyEvidence, (given) => {
      const text = JSON.stringify(given);
      const verdict = explain(given);
      assert.equal(JSON.stringify(given), text, 'evidence is left as it is');
      assert.deepEqual(explain(given), verdict, 'the same evidence, the same verdict');
      assert.ok(causes.includes(verdict.cause));
      assert.ok(admitsIgnorance(verdict), JSON.stringify(verdict.missing));
      assert.ok(verdict.cause !== 'unknown' || verdict.confidence === 'possible');
      const exits = given.deaths.flatMap(({ exit: how }) => (how ? [how] : []));
      assert.ok(
        verdict.exitStatus === null || exits.some((how) => how.status === verdict.exitStatus),
      );
      assert.ok(
        verdict.signal === null ||
          exits.some((how) => how.signal === verdict.signal?.number) ||
          verdict.evidence.some(({ source }) => source === 'oom-count'),
      );
      assert.ok(
        verdict.confidence !== 'certain' || verdict.scope === 'host',
        'without a witness nothing is certain but a reboot',
      );
      const event = { seq: 2 ** 50, v: 1, at, type: 'verdict.reached', trace: 't'.repeat(32) };
      const bytes = Buffer.byteLength(
        JSON.stringify({ ...event, data: { incident: '1', verdict } }),
      );
      assert.ok(bytes <= maxEventBytes, `${bytes} bytes`);
    }),
    { numRuns: 300 },
  );
});

t.test('signals have their names', async (t) => {
  t.equal(signalName(1), 'SIGHUP');
  t.equal(signalName(15), 'SIGTERM');
  t.equal(signalName(64), 'signal 64');
});

t.test('there is always a rule that answers', async (t) => {
  const last = rules.at(-1);
  fc.assert(fc.property(anyEvidence, (given) => last?.judge(given) !== null));
  t.ok(last);
});

t.test('a rule that fails is named, and the others have their say', async (t) => {
  const broken = {
    name: 'broken',
    sentence: 'It fails.',
    judge: () => {
      throw new Error('a mistake');
    },
  };
  const given = evidence({ deaths: [death({ exit: status(7) })] });
  const verdict = explain(given, [broken, ...rules]);
  const { missing, ...rest } = explain(given);
  t.match(verdict, rest);
  t.strictSame(verdict.missing.slice(0, -1), missing);
  t.match(verdict.missing.at(-1), /broken/);
  t.throws(() => explain(given, [broken]), /last rule/);
});
