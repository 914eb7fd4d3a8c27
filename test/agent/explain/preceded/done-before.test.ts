import fc from 'fast-check';
import t from 'tap';
import { explain } from '../../../../agent/explain/explain.ts';
import { doneBefore } from '../../../../agent/explain/preceded/done-before.ts';
import { maxEventBytes } from '../../../../agent/model/event.ts';
import { jsonBytes } from '../../../../agent/model/json-size.ts';
import type { SourceFact } from '../../../../agent/model/source-fact.ts';
import { at, death, evidence } from '../sample-death.ts';

const login = (text: string, before: number): SourceFact => ({
  ...{ at: at - before, source: 'logind', text, kind: 'login-session' },
  ...{ session: '3', phase: 'begun', user: 'deploy', leader: 7 },
});

const nothing = { evidence: [], actor: null };

t.test('the nearest stay where there is little room, in order of time', async (t) => {
  const facts = [30_000, 3000, 20_000, 10_000].map((before) => login(`at ${before}`, before));
  const said = (maxBytes: number) =>
    doneBefore(evidence({ facts }), nothing, maxBytes).map(({ text }) => text);
  t.strictSame(said(1500), ['at 30000', 'at 20000', 'at 10000', 'at 3000']);
  const each = jsonBytes({ at, source: 'logind', text: 'at 10000' }) + 1;
  t.strictSame(said(2 * each), ['at 10000', 'at 3000']);
  t.strictSame(said(-1), []);
});

t.test('what the verdict stands on is not said again', async (t) => {
  const fact = login('New session 3.', 3000);
  const known = [{ at: fact.at, source: 'logind', text: 'New session 3.' }];
  t.strictSame(doneBefore(evidence({ facts: [fact] }), { evidence: known }, 1500), []);
});

t.test('however much was done, the event of a verdict has room for it', async (t) => {
  const text = fc.string({ unit: 'binary', maxLength: 250 });
  const facts = fc.array(fc.tuple(text, fc.nat({ max: 60_000 })), { maxLength: 30 });
  fc.assert(
    fc.property(facts, text, (done, session) => {
      const verdict = explain(
        evidence({
          facts: done.map(([said, before]) => login(said, before)),
          unread: Array.from({ length: 9 }, () => session),
          deaths: Array.from({ length: 40 }, () => death({ session })),
        }),
      );
      const data = { incident: '1', verdict };
      const event = {
        seq: 2 ** 50,
        v: 1,
        at,
        type: 'verdict.reached',
        trace: 't'.repeat(32),
        data,
      };
      return (
        jsonBytes(verdict.preceded) <= 1500 + 2 &&
        Buffer.byteLength(JSON.stringify(event)) <= maxEventBytes
      );
    }),
  );
  t.pass();
});
