import { mock } from 'node:test';
import fc from 'fast-check';
import t from 'tap';
import { createRecalling } from '../../../../agent/act/verdict/recurrence.ts';
import { explain } from '../../../../agent/explain/explain.ts';
import { maxEventBytes } from '../../../../agent/model/event.ts';
import type { Pattern } from '../../../../agent/model/pattern.ts';
import type { Incident } from '../../../../agent/model/state.ts';
import { reportOf } from '../../cli/sample.ts';
import { patternOf } from '../../cli/why/sample-pattern.ts';
import { death, evidence } from '../../explain/sample-death.ts';

const { incident } = reportOf();

/** What is told of an incident with that pattern, and what went wrong. */
const recalling = (read: (incident: Incident) => Promise<Pattern | null>) => {
  const troubles: string[] = [];
  const recall = createRecalling({ read, onTrouble: (what) => void troubles.push(what) });
  return { told: () => recall(incident), troubles };
};

t.test('how often, in a line, and what would prevent it', async (t) => {
  const asked: string[] = [];
  const { told, troubles } = recalling(async (about) => {
    asked.push(about.incident);
    return patternOf();
  });
  const { count, text, prevention } = patternOf();
  t.strictSame(await told(), { count, text, prevention });
  t.strictSame(asked, [incident.incident]);
  t.equal(await recalling(async () => null).told(), null);
  t.strictSame(troubles, []);
});

t.test('a verdict waits for it no longer than a moment, and does without', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => mock.timers.reset());
  const { told } = recalling(() => new Promise(() => undefined));
  const answer = told();
  mock.timers.tick(300);
  t.equal(await answer, null);
});

t.test(
  'of many at once some do without, and a disk that hangs is not asked for ever',
  async (t) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    t.teardown(() => mock.timers.reset());
    const given: ((pattern: Pattern) => void)[] = [];
    const { told } = recalling(() => new Promise((resolve) => void given.push(resolve)));
    const answers = [1, 2, 3, 4].map(told);
    t.equal(await told(), null);
    mock.timers.tick(300);
    t.strictSame(await Promise.all(answers), [null, null, null, null]);
    t.equal(await told(), null, 'the disk still hangs');
    t.equal(given.length, 4);
    given[0]?.(patternOf());
    await new Promise(setImmediate);
    const again = told();
    given[4]?.(patternOf());
    t.match(await again, { count: 3 });
  },
);

t.test('a session that crashes every second costs the fiftieth part of the time', async (t) => {
  let now = 0;
  let reads = 0;
  const recall = createRecalling({
    read: async () => {
      reads += 1;
      now += 250;
      return patternOf();
    },
    onTrouble: () => undefined,
    now: () => now,
  });
  for (let second = 0; second < 600; second += 1) {
    await recall(incident);
    now = (second + 1) * 1000;
  }
  const share = (reads * 250) / now;
  t.ok(share > 0.015 && share < 0.03, `${share} of the time`);
});

t.test('a log that cannot be read is said, and costs nothing else', async (t) => {
  const { told, troubles } = recalling(() => Promise.reject(new Error('no disk')));
  t.equal(await told(), null);
  t.equal(troubles.length, 1);
});

t.test('whatever it says, the event of a verdict has room for it', async (t) => {
  const fullest = explain(
    evidence({
      deaths: Array.from({ length: 300 }, (_, i) => death({ session: `${i}${'会'.repeat(60)}` })),
    }),
  );
  const text = fc.string({ unit: 'binary', maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(text, text, async (said, prevention) => {
      const { told } = recalling(async () => patternOf({ text: said, prevention }));
      const data = { incident: '1', verdict: fullest, recurrence: await told() };
      const event = {
        seq: 2 ** 50,
        v: 1,
        at: 2 ** 41,
        type: 'verdict.reached',
        trace: 't'.repeat(32),
        data,
      };
      return Buffer.byteLength(JSON.stringify(event)) <= maxEventBytes;
    }),
  );
  const { told } = recalling(async () => patternOf({ prevention: '会'.repeat(300) }));
  t.match(
    await told(),
    { text: patternOf().text, prevention: null },
    'the line that says how often',
  );
  t.equal(await recalling(async () => patternOf({ text: '会'.repeat(400) })).told(), null);
});
