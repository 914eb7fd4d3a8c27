import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parseConfig } from '../../agent/model/config/parse.ts';
import { readMarkdown } from './markdown.ts';

const root = join(import.meta.dirname, '../..');

/** Examples of holdfast.yaml. Those of ansible/ are of a role, and one is of Prometheus. */
const examples = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).flatMap((path) =>
  readMarkdown(readFileSync(join(root, path), 'utf8'))
    .blocks.filter(({ language }) => language === 'yaml')
    .filter(({ text }) => !/^scrape_configs:/m.test(text))
    .map(({ text }, i) => ({ path: `${path}, example ${i + 1}`, text })),
);

t.test('every example of a configuration is a right one', async (t) => {
  t.ok(examples.length >= 5);
  for (const { path, text } of examples) {
    t.doesNotThrow(() => parseConfig([{ path, text }], { home: '/home/deploy' }), path);
  }
});

t.test('a wrong one would be seen', async (t) => {
  const [path, text] = ['x.md', 'alerts: {webhooks: {ops: {adress: https://example.org}}}'];
  t.throws(() => parseConfig([{ path, text }], { home: '/home/deploy' }));
});
