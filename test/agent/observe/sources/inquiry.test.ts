import t from 'tap';
import type { SourceFact } from '../../../../agent/model/source-fact.ts';
import { cutFacts } from '../../../../agent/observe/sources/cut.ts';
import { createInquiry } from '../../../../agent/observe/sources/inquiry.ts';
import type { Source } from '../../../../agent/observe/sources/source.ts';

const span = { since: 0, until: 1000 };
const about = { units: ['a.service'], servers: [] };
const boot = (at: number): SourceFact => ({
  ...{ kind: 'boot-record', at, source: 'good', text: 'the machine started', what: 'boot' },
});
const source = (name: string, part: Partial<Source>): Source => ({
  name,
  probe: async () => ({ ok: true }),
  ask: async () => [],
  ...part,
});
const never = (): Promise<never> => new Promise(() => {});
const good = source('good', { ask: async () => [boot(2), boot(1)] });
/** Every limit in these tests runs out by being reached, and nothing is measured against it. */
const limitMs = 50;
let clock = 0;
const now = () => clock;

t.test('facts in order of time, and the question is handed on', async (t) => {
  const asked: unknown[] = [];
  const asking = source('asking', {
    ask: async (...[when, whom]) => {
      asked.push(when, whom);
      return [];
    },
  });
  const answers = await createInquiry([good, asking], { now }).ask(span, about);
  t.same(answers, [
    { source: 'good', facts: [boot(1), boot(2)], missing: null },
    { source: 'asking', facts: [], missing: null },
  ]);
  t.same(asked, [span, about]);
});

t.test(
  'one that fails, throws at once, hangs or is not there costs the others nothing',
  async (t) => {
    const sources = [
      source('failing', { ask: () => Promise.reject(new Error('disk \u001b[31mfull')) }),
      source('throwing', {
        ask: () => {
          throw new Error('a mistake');
        },
      }),
      source('hanging', { ask: never }),
      source('blind', { probe: async () => ({ ok: false, why: 'not here', advice: 'nothing' }) }),
      source('broken', { probe: () => Promise.reject(new Error('no idea')) }),
      good,
    ];
    const answers = await createInquiry(sources, { limitMs }).ask(span, about);
    t.match(answers, [
      { source: 'failing', facts: [], missing: 'it did not answer: disk full' },
      { source: 'throwing', missing: 'it did not answer: a mistake' },
      { source: 'hanging', missing: 'it did not answer: it took longer than 50 ms' },
      { source: 'blind', missing: 'not here' },
      { source: 'broken', missing: 'it could not be tried: no idea' },
      { source: 'good', facts: [boot(1), boot(2)], missing: null },
    ]);
  },
);

t.test(
  'one that hangs is told to give up, and not asked what nobody waits for any more',
  async (t) => {
    const signals: AbortSignal[] = [];
    const hung = Promise.withResolvers<SourceFact[]>();
    const hanging = source('hanging', {
      ask: (_span, _about, signal) => {
        signals.push(signal);
        return hung.promise;
      },
    });
    const inquiry = createInquiry([hanging], { limitMs });
    await inquiry.ask(span, about);
    t.ok(signals[0]?.aborted);
    t.match(await inquiry.ask(span, about), [{ missing: /longer than/ }]);
    hung.resolve([]);
    t.match(
      await inquiry.ask(span, about),
      [{ missing: null }],
      'once it is over it answers again',
    );
    t.equal(signals.length, 2);
  },
);

t.test('behind one that hangs only so many wait', async (t) => {
  const inquiry = createInquiry([source('hanging', { probe: never })], { limitMs });
  const answers = await Promise.all(Array.from({ length: 10 }, () => inquiry.ask(span, about)));
  const why = answers.map(([answer]) => answer?.missing);
  t.equal(why.filter((text) => text?.includes('longer than')).length, 8);
  t.equal(why.filter((text) => text?.includes('it hangs')).length, 2);
});

t.test('two questions at once both get their answer', async (t) => {
  const inquiry = createInquiry([good]);
  const [first, second] = await Promise.all([inquiry.ask(span, about), inquiry.ask(span, about)]);
  t.match([first?.[0], second?.[0]], [{ missing: null }, { missing: null }]);
});

t.test('one with too much to say is cut: what came last is kept', async (t) => {
  const facts = Array.from({ length: 300 }, (_, i) => boot(i));
  const before = cutFacts('loud', 0, 'a file was long');
  const loud = source('loud', { ask: async () => [...before, ...facts] });
  const [answer] = await createInquiry([loud]).ask(span, about);
  t.same(answer?.facts.slice(0, 200), facts.slice(100));
  t.same(answer?.facts.slice(200), [
    ...before,
    { kind: 'cut', at: 1000, source: 'loud', text: 'only the last 200 of 300 facts count' },
  ]);
});

t.test(
  'what cannot be read is tried at each question, what can be only now and then',
  async (t) => {
    let [probes, ok] = [0, false];
    const late = source('late', {
      probe: async () => {
        probes += 1;
        return ok ? { ok } : { ok: false, why: 'not yet', advice: 'wait' };
      },
    });
    const inquiry = createInquiry([late], { now });
    t.same(await inquiry.probe(), [{ name: 'late', ok: false, why: 'not yet', advice: 'wait' }]);
    t.match(await inquiry.ask(span, about), [{ missing: 'not yet' }]);
    ok = true;
    t.match(await inquiry.ask(span, about), [{ missing: null }]);
    t.equal(probes, 3);
    t.same(await inquiry.probe(), [{ name: 'late', ok: true, why: null, advice: null }]);
    ok = false;
    t.match(await inquiry.ask(span, about), [{ missing: null }], 'believed for a minute');
    clock += 60_001;
    t.match(await inquiry.ask(span, about), [{ missing: 'not yet' }]);
    t.equal(probes, 5);
  },
);
