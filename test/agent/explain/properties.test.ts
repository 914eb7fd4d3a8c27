import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Evidence } from '../../../agent/explain/evidence.ts';
import { explain } from '../../../agent/explain/explain.ts';
import { rules } from '../../../agent/explain/rules.ts';
import { maxEventBytes } from '../../../agent/model/event.ts';
import type { DeathRecord } from '../../../agent/model/events/death.ts';
import { causes, type Verdict } from '../../../agent/model/events/incident.ts';
import { printable } from '../../../agent/model/text/printable.ts';
import { at, death, signal, status } from './sample-death.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 220 }),
  fc.constantFrom(`\u001b[2J${'x'.repeat(900)}\u202e`),
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
  server: fc.record({ name: fc.oneof(anyText, fc.constantFrom('main')), managed: fc.boolean() }),
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
      const texts = [verdict.summary, ...verdict.evidence.map(({ text }) => text)];
      assert.ok(verdict.summary.length <= 300);
      assert.deepEqual(texts.map(printable), texts, 'names of others steer no terminal');
      const event = { seq: 2 ** 50, v: 1, at, type: 'verdict.reached', trace: 't'.repeat(32) };
      const bytes = Buffer.byteLength(
        JSON.stringify({ ...event, data: { incident: '1', verdict } }),
      );
      assert.ok(bytes <= maxEventBytes, `${bytes} bytes`);
    }),
    { numRuns: 300 },
  );
});

t.test('there is always a rule that answers', async (t) => {
  const last = rules.at(-1);
  fc.assert(fc.property(anyEvidence, (given) => last?.judge(given) !== null));
  t.ok(last);
});
