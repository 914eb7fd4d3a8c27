import t from 'tap';
import { explain } from '../../../../agent/explain/explain.ts';
import { unwitnessed } from './ways.ts';

for (const { name, rule, given, verdict } of unwitnessed) {
  t.test(name, async (t) => {
    const reached = explain(given);
    t.match(reached, verdict);
    // An empty pattern matches anything.
    if ('missing' in verdict) t.equal(reached.missing.length, verdict.missing?.length);
    t.equal(reached.actor ?? null, null, 'nobody was seen, and nobody is named');
    t.match(reached.evidence.at(-1), { source: 'rule', text: rule });
    t.ok(reached.summary.length <= 300);
    t.notMatch(reached.missing.join(), 'it failed');
  });
}

t.test('what only a witness could tell is never certain', async (t) => {
  for (const { name, given } of unwitnessed) {
    const { confidence, missing } = explain(given);
    t.equal(confidence === 'certain', missing.length === 0, name);
  }
});
