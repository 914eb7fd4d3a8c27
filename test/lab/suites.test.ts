import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { suites } from './suites.ts';

t.test('each file of suite/ has the suite of its name, and is run', async (t) => {
  const files = readdirSync(join(import.meta.dirname, 'suite')).map((file) =>
    basename(file, '.ts'),
  );
  t.same(suites.map(({ name }) => name).sort(), files.sort());
});

t.test(
  'a suite comes after what it builds on, and has checks with names of their own',
  async (t) => {
    for (const [i, { name, after, checks }] of suites.entries()) {
      if (after) t.ok(suites.indexOf(after) < i, name);
      t.equal(new Set(checks.map((check) => check.name)).size, checks.length, name);
      t.ok(checks.length > 0, name);
    }
  },
);
