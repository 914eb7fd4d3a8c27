import fc from 'fast-check';
import t from 'tap';
import { localClock } from '../../../../agent/api/local-clock.ts';
import type { PastEnd } from '../../../../agent/explain/pattern/past-end.ts';
import { patternOf } from '../../../../agent/explain/pattern/pattern.ts';
import { causes } from '../../../../agent/model/events/incident.ts';
import { hostileText } from '../../../exporters/notifier/telegram/format/hostile.ts';
import { cleanup, day, endAt, pastDeath, patternIn, scattered, start } from './sample-end.ts';

const text = hostileText(16);
const process = fc.record({ pid: fc.nat(), comm: text, cmdline: fc.option(text) });
const actor = fc.record({
  ...{ pid: fc.nat(), comm: text, cmdline: fc.option(text), uid: fc.option(fc.nat()) },
  ...{ user: fc.option(text), unit: fc.option(text), session: fc.option(text) },
  ancestry: fc.array(process, { maxLength: 5 }),
});
const amount = fc.oneof(fc.double(), fc.integer());
const death = fc.record({
  ...{ session: text, ageMs: amount, historyLines: fc.option(amount) },
  ...{ lastCommand: fc.option(text), memoryFree: fc.option(amount) },
  programs: fc.array(text, { maxLength: 3 }),
});
const end: fc.Arbitrary<PastEnd> = fc.record({
  ...{ incident: fc.string(), server: fc.constantFrom('main', 'mine'), vagueMs: amount },
  at: fc.oneof(fc.integer({ min: start, max: start + 30 * day }), amount),
  sessions: fc.array(fc.constantFrom('web', 'api', 'constructor', '__proto__'), { maxLength: 3 }),
  cause: fc.constantFrom(...causes.slice(0, 3)),
  scope: fc.constantFrom('session', 'server'),
  ...{
    signal: fc.option(text),
    certain: fc.boolean(),
    actor: fc.option(actor),
    death: fc.option(death),
    afterPackages: fc.option(fc.boolean()),
  },
});

const obeyed = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

t.test('whatever the history holds, a pattern is one bounded line of text', async (t) => {
  fc.assert(
    fc.property(fc.array(end, { maxLength: 12 }), end, (history, present) => {
      const pattern = patternOf(present, history, localClock);
      if (!pattern) return true;
      const { count, since, traits, prevention } = pattern;
      const texts = [pattern.text, prevention ?? '', ...traits.map((trait) => trait.text)];
      const safe = texts.every((one) => !obeyed.test(one) && one.length <= 300);
      return safe && count >= 2 && count <= history.length + 1 && since <= present.at;
    }),
    { numRuns: 500 },
  );
  t.pass();
});

t.test('the order in which the history is given does not count', async (t) => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(40), { minLength: 2, maxLength: 8 }),
      fc.nat(),
      (days, by) => {
        const history = days.map((one, i) =>
          endAt(start + one * 60_000, { actor: i % 3 === 0 ? cleanup() : null }),
        );
        const turned = [...history.slice(by % days.length), ...history.slice(0, by % days.length)];
        const present = endAt(start + day);
        return (
          JSON.stringify(patternOf(present, history, localClock)) ===
          JSON.stringify(patternOf(present, turned, localClock))
        );
      },
    ),
  );
  t.pass();
});

t.test('what others wrote passes for no words of ours, and for no command', async (t) => {
  const hostile = cleanup({
    ...{ comm: 'x', cmdline: 'x;" always by root', ancestry: [], unit: "a'; rm -rf ~ .service" },
  });
  const ends = scattered(3).map((at) => endAt(at, { actor: hostile }));
  const pattern = patternIn(ends);
  t.equal(
    pattern?.text,
    'Third time in 16 hours, always by "x;\' always" ("a\'; rm -rf ~ .service")',
  );
  t.notMatch(pattern?.prevention, /systemctl|rm -rf ~$/);
  const search = cleanup({ cmdline: 'pkill -f $(reboot)', unit: 'cron.service' });
  const death = pastDeath({ programs: ['node $(reboot).js'] });
  const found = patternIn(scattered(2).map((at) => endAt(at, { actor: search, death })));
  t.equal(
    found?.prevention,
    'narrow "$(reboot)" in what cron.service runs: systemctl cat cron.service',
  );
});
