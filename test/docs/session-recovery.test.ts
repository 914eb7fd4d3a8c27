import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parseConfig } from '../../agent/model/config/parse.ts';
import { reasonMeanings } from '../../docs/events/value-meanings.ts';
import { usualRecovery } from '../agent/model/config/sample-recovery.ts';
import { readMarkdown } from './markdown.ts';

const path = join(import.meta.dirname, '../../docs/guides/session-recovery.md');
const text = readFileSync(path, 'utf8');
const configs = readMarkdown(text)
  .blocks.filter(({ language }) => language === 'yaml')
  .map((block) =>
    parseConfig([{ path, text: block.text }], { home: '/home/bob', perOwner: false }),
  );

t.test('every configuration of the guide is taken, without a warning', async (t) => {
  t.equal(configs.length, 3);
  for (const { warnings } of configs) t.strictSame(warnings, []);
});

t.test('what it calls defaults are the defaults', async (t) => {
  const [, named] = configs;
  t.strictSame(named?.config.recovery, usualRecovery);
  t.match(named?.config.sessions['gateway']?.recovery, { maxRestarts: 20, windowMs: 3_600_000 });
});

t.test('it names every reason there is, and no other', async (t) => {
  const table = text.slice(text.indexOf('| reason |'), text.indexOf('## Not done'));
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w-]+)`/g)]);
  t.same(named.map(([, reason]) => reason).sort(), Object.keys(reasonMeanings).sort());
});
