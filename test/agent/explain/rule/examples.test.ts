import t from 'tap';
import { explain } from '../../../../agent/explain/explain.ts';
import { evidence } from '../sample-death.ts';
import { examples } from './examples.ts';

for (const { rule, given, verdict } of examples) {
  t.test(`${rule}: ${JSON.stringify(verdict)}`, async (t) => {
    const reached = explain(evidence(given));
    t.match(reached, verdict);
    if ('missing' in verdict) t.equal(reached.missing.length, verdict.missing?.length);
    t.match(reached.evidence.at(-1), { source: 'rule', text: rule });
  });
}
