import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { createNames } from './ground/names.ts';
import { obstacleTo } from './ground/needs.ts';
import { jobsFor, unknownNames } from './jobs.ts';
import { matters } from './ways.ts';

const ways = Object.values(matters).flat();

t.test('each file of ways/ is a matter, and has ways', async (t) => {
  const files = readdirSync(join(import.meta.dirname, 'ways'));
  t.same(Object.keys(matters).sort(), files.map((file) => basename(file, '.ts')).sort());
  for (const [matter, own] of Object.entries(matters)) t.ok(own.length > 0, matter);
});

t.test('each way has a name of its own and a sentence', async (t) => {
  t.equal(new Set(ways.map(({ name }) => name)).size, ways.length);
  for (const { name, sentence } of ways) {
    t.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    t.notOk(name in matters, `${name} is not also a matter`);
    t.match(sentence, /^[A-Za-z].{10,}\.$/, name);
  }
  t.equal(new Set(ways.map(({ sentence }) => sentence)).size, ways.length, 'unlike every other');
});

t.test('a way for both kinds of server is two jobs, and as often as is asked for', async (t) => {
  const labels = jobsFor(matters, ['kill-by-builtin'], 2).map(({ label }) => label);
  t.same(labels, [
    'kill-by-builtin/managed/0',
    'kill-by-builtin/managed/1',
    'kill-by-builtin/adopted/0',
    'kill-by-builtin/adopted/1',
  ]);
  t.same(
    new Set(jobsFor(matters, ['faults', 'exit-7'], 1).map(({ matter }) => matter)),
    new Set(['exits', 'faults']),
  );
  const all = jobsFor(matters, [], 1);
  t.equal(new Set(all.map(({ label }) => label)).size, all.length);
  t.equal(new Set(all.map(({ way }) => way)).size, ways.length, 'none is left out');
});

t.test('names that are of nothing', async (t) => {
  t.same(unknownNames(matters, ['signals', 'exit-7', 'no-such']), ['no-such']);
});

t.test('a way that needs what is not here is not tried', async (t) => {
  t.equal(obstacleTo({}), null);
  t.equal(obstacleTo({ needs: [] }), null);
  const needs = [{ program: 'sh' }, { program: 'no-such-program' }];
  t.equal(obstacleTo({ needs }), 'this machine lacks the program no-such-program');
});

t.test('names are those of the seed and of who asks', async (t) => {
  const some = (seed: number, of: string): string[] => {
    const name = createNames(seed, of);
    return [name(), name(), name()];
  };
  t.same(some(1, 'a'), some(1, 'a'));
  const others = [...some(1, 'a'), ...some(2, 'a'), ...some(1, 'b')];
  t.equal(new Set(others).size, 9);
  for (const name of others) t.match(name, /^[a-z]{10}$/);
});
