import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { cacheDirectory, createCache } from './cache.ts';

const silent = (): void => undefined;
const writing = (text: string) => async (into: string) => writeFileSync(join(into, 'made'), text);
const mustNotBuild = async (): Promise<void> => {
  throw new Error('built again');
};

t.test('an artefact is made once for the same inputs', async (t) => {
  const cache = createCache(t.testdir(), silent);
  const path = await cache.artefact('thing', ['a'], writing('of a'));
  t.equal(await cache.artefact('thing', ['a'], mustNotBuild), path);
  t.equal(readFileSync(join(path, 'made'), 'utf8'), 'of a');
  t.not(await cache.artefact('thing', ['b'], writing('of b')), path);
});

t.test('a build that failed leaves nothing that looks made', async (t) => {
  const cache = createCache(t.testdir(), silent);
  await t.rejects(cache.artefact('thing', [], mustNotBuild), /built again/);
  const path = await cache.artefact('thing', [], writing('now'));
  t.equal(readFileSync(join(path, 'made'), 'utf8'), 'now');
});

t.test('tidying removes what killed runs left and what is long unused', async (t) => {
  const directory = t.testdir();
  const cache = createCache(directory, silent);
  const kept = await cache.artefact('kept', [], writing('x'));
  const old = await cache.artefact('old', [], writing('x'));
  const longAgo = new Date(Date.now() - 30 * 24 * 3600 * 1000);
  utimesSync(old, longAgo, longAgo);
  const own = cache.runDirectory();
  // Above every process id a kernel gives (proc_sys_kernel(5), pid_max).
  for (const name of ['run-4194305', 'thing-1.building-4194305']) mkdirSync(join(directory, name));
  await cache.tidy();
  t.same(
    readdirSync(directory)
      .map((name) => join(directory, name))
      .sort(),
    [kept, own].sort(),
  );
  t.notOk(existsSync(old));
});

t.test('the place is the home directory unless the environment says another', async (t) => {
  t.match(cacheDirectory({}), /\.cache\/holdfast-lab$/);
  t.equal(cacheDirectory({ HOLDFAST_LAB_CACHE: '/elsewhere' }), '/elsewhere');
});
