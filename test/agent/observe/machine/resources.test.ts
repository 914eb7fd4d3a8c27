import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { readResources } from '../../../../agent/observe/machine/resources.ts';

t.test('what this machine has', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'hfr-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const found = await readResources([directory, join(directory, 'none'), directory], 77);
  const [disk, ...moreDisks] = found.filter(({ what }) => what === 'disk');
  t.match(disk, { path: directory, at: 77 });
  t.same(moreDisks, [], 'a file system once, and what is not there not at all');
  for (const { value, limit } of found) t.ok(value >= 0 && limit > 0 && value <= limit * 1.01);
  t.ok(found.some(({ what }) => what === 'processes'));
  t.same(await readResources([], 77).then((list) => list.filter(({ path }) => path !== null)), []);
});
