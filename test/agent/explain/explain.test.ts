import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Evidence } from '../../../agent/explain/evidence.ts';
import { explain, lateEvidenceMs } from '../../../agent/explain/explain.ts';
import { rules } from '../../../agent/explain/rules.ts';
import type { Verdict } from '../../../agent/model/events/incident.ts';
import { unwitnessed } from './rule/ways.ts';
import { at, death, evidence, hostWith, signal, status } from './sample-death.ts';
import { deathOf, recorded } from './witnessed/case.ts';
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
  t.match(explain(given, [broken]), {
    ...{ cause: 'unknown', confidence: 'possible' },
    missing: [/broken/],
    evidence: [{ source: 'rule', text: 'none' }],
  });
});

t.test('where what was done before cannot be told, the verdict stands', async (t) => {
  const given = recorded('', {}, [deathOf(500, 100, { status: 7 })], {
    commands: [{ at: 1, process: null as never }],
  });
  t.match(explain(given), { cause: 'program-exit', exitStatus: 7, preceded: [] });
});

t.test('every file in the room of rules is a rule that is asked', async (t) => {
  const room = join(import.meta.dirname, '../../../agent/explain/rule');
  const files = readdirSync(room).map((file) => file.replace(/\.ts$/, ''));
  t.strictSame(files.sort(), rules.map(({ name }) => name).sort());
});
