import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { rules } from '../../../agent/explain/rules.ts';
import { examples } from './rule/examples.ts';
import { unwitnessed } from './rule/ways.ts';
import { unitWays } from './unit/ways.ts';
import { composed } from './witnessed/composed.ts';
import { ways } from './witnessed/ways.ts';
import { writtenWays } from './written/ways.ts';

t.test('each rule has a name, a sentence and an example', async (t) => {
  const names = rules.map(({ name }) => name);
  t.equal(new Set(names).size, names.length);
  const shown = [...examples, ...ways, ...composed, ...writtenWays, ...unwitnessed, ...unitWays];
  t.strictSame([...new Set(shown.map(({ rule }) => rule))].sort(), [...names].sort());
  for (const { sentence } of rules) t.match(sentence, /^[A-Z].*\.$/s);
});

t.test('every file in the room of rules is a rule that is asked', async (t) => {
  const room = join(import.meta.dirname, '../../../agent/explain/rule');
  const files = readdirSync(room).map((file) => file.replace(/\.ts$/, ''));
  t.strictSame(files.sort(), rules.map(({ name }) => name).sort());
});
