import t from 'tap';
import { explain } from '../../../../agent/explain/explain.ts';
import { writtenWays } from './ways.ts';

for (const { name, rule, given, actor, verdict } of writtenWays) {
  t.test(name, async (t) => {
    const reached = explain(given);
    t.match(reached, verdict);
    // An empty pattern matches anything.
    if ('missing' in verdict && verdict.missing?.length === 0) t.strictSame(reached.missing, []);
    t.equal(reached.actor?.pid ?? null, actor);
    t.match(reached.evidence.at(-1), { source: 'rule', text: rule });
    t.ok(reached.summary.length <= 300);
    t.notMatch(reached.missing.join(), 'it failed');
  });
}
