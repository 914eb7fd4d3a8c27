import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openMemory } from '../../../../agent/witness/memory/memory.ts';
import { seen, sent } from '../samples.ts';

const unexpected = (cause: unknown): never => {
  throw cause;
};

/** Since when the kernel records. */
const since = Date.now() - 60_000;

/** The next one after the last of these. */
const open = (directory: string) => openMemory(directory, since, unexpected);

/** As if one had been told to end that began when the kernel did. */
const endedInOrder = (t: Test): string =>
  t.testdir({ 'ended-in-order': `${since} ${since}`, 'recent.jsonl': '' });

t.test('what one that ended in order knew is known without a gap', async (t) => {
  const directory = endedInOrder(t);
  const first = await open(directory);
  const at = Date.now();
  first.remember({ kind: 'signal', fact: sent(at, 7) });
  await first.close();
  const next = await open(directory);
  t.equal(next.since(), since);
  t.match(next.testify([7], 0, at), { signals: [{ at }], since });
});

t.test('of an older release as well, which left nothing in its mark', async (t) => {
  const next = await open(t.testdir({ 'ended-in-order': '' }));
  t.equal(next.since(), since);
});

t.test('one that was killed may have read what it could not write down', async (t) => {
  const directory = endedInOrder(t);
  const killed = await open(directory);
  t.equal(killed.since(), since);
  t.notOk(existsSync(join(directory, 'ended-in-order')), 'it stands for one end alone');
  const from = Date.now();
  const next = await open(directory);
  t.ok(next.since() >= from);
  await next.close();
  t.equal((await open(directory)).since(), next.since(), 'nor does the one after that know it');
});

t.test('a mark that cannot be read is none', async (t) => {
  const from = Date.now();
  const next = await open(t.testdir({ 'ended-in-order': `${since} x` }));
  t.ok(next.since() >= from);
});

t.test('what is older than what is kept is not claimed', async (t) => {
  const directory = t.testdir({ 'ended-in-order': '5 5' });
  const from = Date.now();
  const next = await openMemory(directory, 5, unexpected);
  t.ok(next.since() >= from - 2 * 3_600_000);
});

t.test('the clients that one before saw end are not on disk', async (t) => {
  const directory = endedInOrder(t);
  const first = await open(directory);
  const at = Date.now();
  first.remember({ kind: 'client', fact: { at, process: seen(7) } });
  await first.close();
  const next = await open(directory);
  const { clients, clientsSince, since: known } = next.testify([7], 0, at);
  t.same(clients, []);
  t.ok(Number(clientsSince) >= at);
  t.equal(known, since);
});

t.test('a disk that took nothing leaves no mark of an end in order', async (t) => {
  const directory = t.testdir({ 'recent.jsonl': {} });
  const troubles: unknown[] = [];
  const first = await openMemory(directory, since, (cause) => troubles.push(cause));
  first.remember({ kind: 'signal', fact: sent(Date.now(), 7) });
  await first.close();
  t.equal(troubles.length, 1);
  t.notOk(existsSync(join(directory, 'ended-in-order')));
});
