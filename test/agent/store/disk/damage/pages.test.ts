import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import t from 'tap';
import { decodeRecord, rowsOfPage } from '../../../../../agent/store/disk/damage/pages.ts';
import { temporaryDir } from '../../temporary-log.ts';

const pageSize = 4096;

t.test('any bytes can be read as pages and records without harm', (t) => {
  const bytes = fc.uint8Array({ minLength: pageSize, maxLength: pageSize });
  fc.assert(
    fc.property(bytes, fc.boolean(), (page, leaf) => {
      const buffer = Buffer.from(page);
      if (leaf) buffer[0] = 0x0d;
      for (const row of rowsOfPage(2, () => buffer)) Number.isSafeInteger(row.rowid);
      decodeRecord(buffer.subarray(0, 200));
    }),
  );
  t.pass();
  t.end();
});

t.test('rows are decoded as SQLite wrote them', async (t) => {
  const file = join(await temporaryDir(t), 'any.db');
  const number = fc.oneof(
    fc.constantFrom(null, 0, 1, -1, 127, 128, -32_769, 2 ** 31, -(2 ** 47), 2 ** 48),
    fc.maxSafeInteger(),
  );
  const text = fc.option(fc.string({ maxLength: 20_000, size: 'max' }));
  const rows = fc.sample(fc.tuple(fc.maxSafeNat(), number, text), { numRuns: 200, seed: 7 });
  const db = new DatabaseSync(file);
  db.exec(
    `PRAGMA page_size = ${pageSize}; CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT); BEGIN`,
  );
  const insert = db.prepare('INSERT OR REPLACE INTO t VALUES (?, ?, ?)');
  for (const row of rows) insert.run(...row);
  db.exec('COMMIT');
  const wanted = db.prepare('SELECT * FROM t ORDER BY id').all();
  db.close();

  const bytes = readFileSync(file);
  const source = (page: number) => bytes.subarray((page - 1) * pageSize, page * pageSize);
  const found = Array.from({ length: bytes.length / pageSize - 1 }, (_, i) => [
    ...rowsOfPage(i + 2, source),
  ]).flat();
  found.sort((a, b) => a.rowid - b.rowid);
  t.strictSame(
    found.map(({ rowid, values: [id, a, b] }) => ({ id: id ?? rowid, a, b })),
    wanted.map((row) => ({ ...row })),
  );
});
