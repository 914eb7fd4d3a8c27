import t from 'tap';
import { explain } from '../../../agent/explain/explain.ts';
import type { Way } from './way.ts';

/** What is said of it, by which rule, and whom that names. */
export const testWay = ({ name, rule, given, actor, verdict }: Way): void => {
  t.test(name, async (t) => {
    const reached = explain(given);
    t.match(reached, verdict);
    // A pattern matches what has more than it, and an empty one anything.
    if ('missing' in verdict) t.equal(reached.missing.length, verdict.missing?.length);
    t.equal(reached.actor?.pid ?? null, actor);
    t.match(reached.evidence.at(-1), { source: 'rule', text: rule });
    const times = reached.evidence.slice(0, -1).map(({ at }) => at);
    t.strictSame(
      times,
      times.toSorted((a, b) => a - b),
      'in order of time',
    );
    t.ok(reached.summary.length <= 300);
    t.notMatch(reached.missing.join(), 'it failed');
  });
};
