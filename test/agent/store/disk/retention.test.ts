import { existsSync, readdirSync, statSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import type { Event } from '../../../../agent/model/event.ts';
import type { EventLog } from '../../../../agent/model/event-log.ts';
import { emptyState } from '../../../../agent/model/state.ts';
import { stateAt } from '../../../../agent/store/replay.ts';
import { range, readAll, seqs, temporaryLog } from '../temporary-log.ts';

const day = 86_400_000;
const began = Date.UTC(2026, 0, 1);

/** A hundred events a day. */
const timeOf = (seq: number): number => began + (seq / 100) * day;

const events = (from: number, to: number, padding = ''): Event[] =>
  range(from, to).map((seq) => ({
    seq,
    v: 1,
    at: timeOf(seq),
    type: 'session.declared',
    trace: '',
    data: { session: `s${seq}`, server: 'main', tmuxName: padding },
  }));

const snapshotAt = (log: EventLog, seq: number): Promise<void> =>
  log.saveSnapshot({ ...emptyState(), seq, at: timeOf(seq) });

const roomy = 1e12;

t.test('by age: what is older goes, up to the newest snapshot', async (t) => {
  const { log } = await temporaryLog(t);
  log.append(events(1, 3000));
  const limits = { maxAgeMs: 10 * day, maxBytes: roomy, now: timeOf(3000) };
  t.strictSame(await log.retain(limits), { deleted: 0, firstSeq: 1 }, 'no snapshot, nothing goes');

  await snapshotAt(log, 500);
  t.strictSame(await log.retain(limits), { deleted: 500, firstSeq: 501 });
  await snapshotAt(log, 2900);
  t.strictSame(await log.retain(limits), { deleted: 1499, firstSeq: 2000 });
  t.strictSame(seqs(await readAll(log)), range(2000, 3000));
  t.strictSame(await log.retain(limits), { deleted: 0, firstSeq: 2000 });
});

t.test('a snapshot goes once replay cannot start from it, the newest never', async (t) => {
  const { log } = await temporaryLog(t);
  log.append(events(1, 1000));
  for (const seq of [100, 300, 500, 900]) await snapshotAt(log, seq);
  await log.retain({ maxAgeMs: 7 * day, maxBytes: roomy, now: timeOf(1000) });
  t.equal(await log.snapshotBefore(timeOf(299)), null, 'the events after 100 are gone');
  t.equal((await log.snapshotBefore(timeOf(450)))?.seq, 300);
  await t.rejects(stateAt(log, timeOf(200)), { code: 'log-forgotten' });
  t.equal((await stateAt(log, timeOf(350))).seq, 350);
  await log.retain({ maxAgeMs: 0, maxBytes: roomy, now: timeOf(5000) });
  t.equal((await log.snapshotBefore(roomy * 10))?.seq, 900);
  t.strictSame(seqs(await readAll(log)), range(901, 1000));
});

t.test('of each day, UTC, the last snapshot is kept', async (t) => {
  const { log } = await temporaryLog(t);
  log.append(events(1, 400));
  for (const seq of [100, 150, 199, 200, 350]) await snapshotAt(log, seq);
  const seqBefore = async (seq: number) => (await log.snapshotBefore(timeOf(seq)))?.seq;
  t.equal(await seqBefore(198), undefined, 'the two earlier ones of the first day are gone');
  t.equal(await seqBefore(199), 199);
  t.equal(await seqBefore(349), 200, 'the next day begins at midnight');
  t.equal(await seqBefore(399), 350);
});

t.test('by size: the oldest go until it fits, and the file shrinks', async (t) => {
  const { log, paths } = await temporaryLog(t);
  log.append(events(1, 4000, 'x'.repeat(500)));
  await snapshotAt(log, 3900);
  const before = statSync(paths.eventsDb).size;
  const maxBytes = 1_000_000;
  const { deleted, firstSeq } = await log.retain({ maxAgeMs: roomy, maxBytes, now: timeOf(4000) });
  t.equal(firstSeq, deleted + 1);
  t.strictSame(seqs(await readAll(log)), range(firstSeq, 4000));
  log.append(events(4001, 4001));
  await log.durable();
  const { bytes } = log.health();
  t.ok(bytes <= maxBytes, `${bytes} bytes`);
  t.ok(bytes > maxBytes / 2, 'and no more than needed');
  await log.close();
  t.ok(statSync(paths.eventsDb).size < before / 2, 'space is given back');
});

t.test('a size nothing fits in: all up to the snapshot goes, and the log goes on', async (t) => {
  const { log } = await temporaryLog(t);
  log.append(events(1, 100));
  await snapshotAt(log, 100);
  const limits = { maxAgeMs: roomy, maxBytes: 1, now: timeOf(100) };
  t.strictSame(await log.retain(limits), { deleted: 100, firstSeq: 101 });
  t.strictSame(await log.retain(limits), { deleted: 0, firstSeq: 101 });
  log.append(events(101, 102));
  await log.durable();
  t.strictSame(seqs(await readAll(log)), [101, 102]);
});

t.test('a log emptied by retention keeps counting where it was', async (t) => {
  const { log, paths } = await temporaryLog(t);
  log.append(events(1, 100));
  await snapshotAt(log, 100);
  await log.retain({ maxAgeMs: 0, maxBytes: roomy, now: timeOf(200) });
  await log.close();
  const { openFor } = await import('../temporary-log.ts');
  t.match((await openFor(t, paths)).opening, { head: 100, state: { seq: 100 } });
});

t.test('never past the cursor of a subscriber seen within seven days', async (t) => {
  const { log } = await temporaryLog(t);
  const now = timeOf(3000);
  log.append(events(1, 3000));
  await snapshotAt(log, 2500);
  log.saveCursor('slow', 700, now - 6 * day);
  log.saveCursor('gone', 10, now - 8 * day);
  log.saveCursor('quick', 5, now);
  log.saveCursor('quick', 2400, now);
  await log.durable();
  const limits = { maxAgeMs: day, maxBytes: roomy, now };
  t.strictSame(await log.retain(limits), { deleted: 700, firstSeq: 701 });
  t.strictSame(await log.retain({ ...limits, maxBytes: 1 }), { deleted: 0, firstSeq: 701 });
  t.match(await log.retain({ ...limits, now: now + 2 * day }), { firstSeq: 2401 });
  t.match(await log.retain({ ...limits, now: now + 20 * day }), { firstSeq: 2501 });
});

t.test('an event of a clock that was ahead keeps later ones, for age alone', async (t) => {
  const { log } = await temporaryLog(t);
  const [first, ...rest] = events(1, 100);
  log.append(first ? [{ ...first, at: timeOf(100_000) }, ...rest] : []);
  await snapshotAt(log, 100);
  const limits = { maxAgeMs: day, maxBytes: roomy, now: timeOf(1000) };
  t.match(await log.retain(limits), { deleted: 0 });
  t.match(await log.retain({ ...limits, maxBytes: 1 }), { deleted: 100 });
});

t.test('blobs go with the events that refer to them', async (t) => {
  const { log, paths } = await temporaryLog(t);
  const fileOf = (name: string): string =>
    join(paths.blobsDir, name.slice(0, 2), name.slice(2, 4), name);
  const age = (name: string, seq: number): Promise<void> =>
    utimes(fileOf(name), new Date(timeOf(seq)), new Date(timeOf(seq)));
  log.append(events(1, 1000));
  const [old, again, young] = ['old', 'again', 'young'].map((text) => log.putBlob(text));
  if (!old || !again || !young) throw new Error('no names');
  await log.durable();
  await log.getBlob(young);
  await age(old, 100);
  await age(again, 100);
  await age(young, 990);
  log.putBlob('again');
  await snapshotAt(log, 1000);

  const limits = { maxAgeMs: 2 * day, maxBytes: roomy, now: timeOf(1000) };
  t.match(await log.retain(limits), { firstSeq: 800 });
  t.equal(await log.getBlob(old), null);
  t.notOk(existsSync(fileOf(old)));
  t.equal(await log.getBlob(again), 'again', 'stored again since, so in use');
  t.equal(await log.getBlob(young), 'young');
  t.equal(readdirSync(paths.blobsDir).length, 2, 'empty directories go too');
});

t.test('the size that is allowed covers blobs', async (t) => {
  const { log, paths } = await temporaryLog(t);
  log.append(events(1, 2000));
  const names = range(1, 20).map((n) => log.putBlob(String(n).padEnd(60_000, 'x')));
  await log.saveSnapshot({ ...emptyState(), seq: 2000, at: timeOf(2000) });
  for (const [i, name] of names.entries()) {
    await log.getBlob(name);
    const at = new Date(timeOf((i + 1) * 100) - 1);
    await utimes(join(paths.blobsDir, name.slice(0, 2), name.slice(2, 4), name), at, at);
  }
  const limits = { maxAgeMs: roomy, maxBytes: 900_000, now: timeOf(2000) };
  const { firstSeq } = await log.retain(limits);
  t.ok(firstSeq > 1);
  t.equal(await log.getBlob(names[0] ?? ''), null);
  t.not(await log.getBlob(names.at(-1) ?? ''), null);
});

t.test('commits do not wait for a long retention', async (t) => {
  const { log } = await temporaryLog(t);
  log.append(events(1, 15_000));
  await snapshotAt(log, 15_000);
  let retained = false;
  const retention = log.retain({ maxAgeMs: 0, maxBytes: roomy, now: timeOf(20_000) }).then(() => {
    retained = true;
  });
  log.append(events(15_001, 15_001));
  await log.durable();
  t.equal(retained, false);
  await retention;
  t.strictSame(seqs(await readAll(log)), [15_001]);
});
