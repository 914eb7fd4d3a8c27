import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { waitTexts } from '../../agent/cli/view/refresh-lines.ts';
import { planRefresh } from '../../agent/decide/refresh/plan.ts';
import { parseConfig } from '../../agent/model/config/parse.ts';
import { quiet } from '../agent/decide/refresh/ground.ts';
import { after, birth, born, declared, lifeOf, running, started } from '../agent/model/sample.ts';
import { readMarkdown } from './markdown.ts';

const path = join(import.meta.dirname, '../../docs/guides/session-expiry.md');
const text = readFileSync(path, 'utf8');
const configs = readMarkdown(text)
  .blocks.filter(({ language }) => language === 'yaml')
  .map((block) => parseConfig([{ path, text: block.text }], { home: '/home/bob' }));

const minute = 60_000;
const hour = 60 * minute;

/** What is begun of a session at a time after its start. */
const begunOf = (name: string, ms: number, saysExpired = false) => {
  const [first] = configs;
  if (!first) throw new Error('the guide has no configuration');
  const one = birth(name, 7, { declared: true });
  const state = after(running, declared(name), started(one));
  const outlook = { state, config: first.config, now: born + ms, seen: { ...quiet, saysExpired } };
  return planRefresh(outlook, name, lifeOf(state, one)).events.map(({ data }) => data);
};

t.test('every configuration of the guide is taken, without a warning', async (t) => {
  t.equal(configs.length, 3);
  for (const { warnings } of configs) t.strictSame(warnings, []);
});

t.test('what it calls defaults are the defaults', async (t) => {
  const [bare, named] = configs;
  const whatsapp = named?.config.sessions['whatsapp']?.refresh;
  t.ok(whatsapp);
  t.strictSame(bare?.config.sessions['whatsapp']?.refresh, whatsapp);
});

t.test('each does what the guide says of it', async (t) => {
  t.same(begunOf('whatsapp', 23 * hour - 1), []);
  t.match(begunOf('whatsapp', 23 * hour), [{ way: 'restart', reason: 'age' }]);
  t.same(begunOf('gateway', 9000 * hour), [], 'it is told when it ends, or never');
  t.match(begunOf('assistant', 7 * 24 * hour - hour), [{ way: 'signal', reason: 'age' }]);
  t.match(begunOf('assistant', 5 * minute, true), [{ way: 'signal', reason: 'screen' }]);
});

t.test('it names all that a login that is due may wait for', async (t) => {
  const table = text.slice(text.indexOf('| `waits` |'), text.indexOf('## How it is renewed'));
  const rows = table
    .split('\n')
    .filter((row) => /^\| `[\w-]+` \| \w/.test(row) && !row.includes('why'));
  const named = rows.map((row) => /`([\w-]+)`/.exec(row)?.[1] ?? '');
  t.same(named.sort(), Object.keys(waitTexts).sort());
});
