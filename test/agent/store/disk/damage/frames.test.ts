import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import t from 'tap';
import { type ByteSource, findFrames } from '../../../../../agent/store/disk/damage/frames.ts';
import { temporaryDir } from '../../temporary-log.ts';

const pageSize = 4096;
const frameBytes = 24 + pageSize;

const sourceOf =
  (bytes: Buffer): ByteSource =>
  (at, length) =>
    bytes.subarray(at, at + length);

/** A write-ahead log SQLite wrote: 20 commits, from the tenth on after it began again, and one open at the end. */
const written = async (file: string) => {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA page_size = ${pageSize}; PRAGMA journal_mode = WAL; PRAGMA cache_size = 1;
    PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (a TEXT)`);
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  for (let i = 0; i < 20; i += 1) {
    if (i === 15) db.exec('PRAGMA wal_checkpoint(FULL)');
    insert.run(`${i}`.repeat(3000));
  }
  const committed = db.prepare('PRAGMA page_count').get()?.['page_count'];
  db.exec('BEGIN');
  for (let i = 0; i < 3; i += 1) insert.run('uncommitted'.repeat(3000));
  db.exec('SELECT count(*) FROM t');
  const log = readFileSync(`${file}-wal`);
  db.exec('ROLLBACK; PRAGMA wal_checkpoint(FULL)');
  const merged = readFileSync(file);
  db.close();
  return { log, merged, committed: Number(committed) };
};

t.test('the newest committed frame of each page is what SQLite merges', async (t) => {
  const { log, merged, committed } = await written(join(await temporaryDir(t), 'any.db'));
  const frames = findFrames(sourceOf(log));
  t.ok(frames.committed.size > 5);
  t.ok(frames.left.size > 5, 'and what was there before it began again is told apart');
  for (const [page, at] of frames.committed) {
    t.ok(page <= committed);
    const expected = merged.subarray((page - 1) * pageSize, page * pageSize);
    t.ok(log.subarray(at, at + pageSize).equals(expected), `page ${page}`);
  }
});

t.test('from a frame that was changed on, nothing counts as committed', async (t) => {
  const { log } = await written(join(await temporaryDir(t), 'any.db'));
  const whole = findFrames(sourceOf(log)).committed;
  const last = Math.max(...whole.values());
  for (const at of [40, 32 + 8, 32 + 24 + 100, last + 7]) {
    const changed = Buffer.from(log);
    changed[at] = Number(changed[at]) ^ 1;
    const frame = 32 + Math.floor((at - 32) / frameBytes) * frameBytes;
    const { committed } = findFrames(sourceOf(changed));
    t.ok(Math.max(0, ...committed.values()) < frame, `byte ${at}`);
  }
  const header = Buffer.from(log);
  header[17] = Number(header[17]) ^ 1;
  t.equal(findFrames(sourceOf(header)).committed.size, 0);
});

t.test('any bytes can be read as a log without harm', (t) => {
  const bytes = fc.uint8Array({ maxLength: 3 * frameBytes });
  fc.assert(
    fc.property(bytes, (log) => findFrames(sourceOf(Buffer.from(log))).committed.size === 0),
  );
  t.pass();
  t.end();
});
