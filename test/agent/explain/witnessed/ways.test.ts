import t from 'tap';
import { explain } from '../../../../agent/explain/explain.ts';
import { composed } from './composed.ts';
import { ways } from './ways.ts';

for (const { name, rule, given, actor, verdict } of [...ways, ...composed]) {
  t.test(name, async (t) => {
    const reached = explain(given);
    t.match(reached, verdict);
    t.equal(reached.actor?.pid ?? null, actor);
    t.match(reached.evidence.at(-1), { source: 'rule', text: rule });
    const times = reached.evidence.slice(0, -1).map(({ at }) => at);
    t.strictSame(
      times,
      times.toSorted((a, b) => a - b),
      'in order of time',
    );
    t.ok(reached.summary.length <= 300);
  });
}
