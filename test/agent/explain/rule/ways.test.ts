import t from 'tap';
import { explain } from '../../../../agent/explain/explain.ts';
import { testWay } from '../test-way.ts';
import { unwitnessed } from './ways.ts';

for (const way of unwitnessed) testWay(way);

t.test('nobody was seen, and nobody is named', async (t) => {
  for (const { name, given } of unwitnessed) t.equal(explain(given).actor ?? null, null, name);
});

t.test('what only a witness could tell is never certain', async (t) => {
  for (const { name, given } of unwitnessed) {
    const { confidence, missing } = explain(given);
    t.equal(confidence === 'certain', missing.length === 0, name);
  }
});
