import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { matters } from '../ways.ts';
import { labJobs } from './jobs.ts';
import { labMatters } from './ways.ts';

const ways = Object.values(labMatters).flat();
const here = Object.values(matters).flat();

t.test('each file of ways/ is a matter, and has ways', async (t) => {
  const files = readdirSync(join(import.meta.dirname, 'ways'));
  t.same(Object.keys(labMatters).sort(), files.map((file) => basename(file, '.ts')).sort());
  for (const [matter, own] of Object.entries(labMatters)) t.ok(own.length > 0, matter);
});

t.test('each way has a name unlike all others of both places, and a sentence', async (t) => {
  const names = [...ways, ...here].map(({ name }) => name);
  t.equal(new Set(names).size, names.length);
  for (const { name, sentence } of ways) {
    t.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    t.match(sentence, /^[A-Za-z].{10,}\.$/, name);
    t.notOk(name in labMatters || name in matters, `${name} is not also a matter`);
  }
});

t.test('what restarts the machine comes last', async (t) => {
  t.equal(Object.keys(labMatters).at(-1), 'power');
});

t.test('a matter is all of its ways, as often as is asked for', async (t) => {
  const jobs = labJobs(['power'], 2);
  t.equal(jobs.length, 2 * (labMatters['power']?.length ?? 0));
  t.equal(new Set(jobs.map(({ label }) => label)).size, jobs.length);
  t.same(
    labJobs(['reboot'], 1).map(({ label }) => label),
    ['reboot/lab/0'],
  );
});
