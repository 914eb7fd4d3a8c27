import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { findObstacle } from './obstacle.ts';

t.test('it is said why the lab cannot run here', async (t) => {
  t.match(findObstacle({ arch: 'arm64', uid: 0, path: '' }), /x86_64 host, this is arm64/);
  t.match(findObstacle({ arch: 'x64', uid: 1000, path: '' }), /needs root/);
  t.match(findObstacle({ arch: 'x64', uid: 0, path: t.testdir() }), /needs qemu-system-x86_64, /);
});

t.test('with every program in place nothing stands against it', async (t) => {
  const missing = findObstacle({ arch: 'x64', uid: 0, path: t.testdir() }) ?? '';
  const names = missing.slice('the lab needs '.length).split(', ');
  const path = t.testdir(Object.fromEntries(names.map((name) => [name, ''])));
  t.equal(
    findObstacle({ arch: 'x64', uid: 0, path }),
    missing,
    'a file that cannot be run is none',
  );
  for (const name of readdirSync(path)) chmodSync(join(path, name), 0o755);
  t.equal(findObstacle({ arch: 'x64', uid: 0, path }), null);
});
