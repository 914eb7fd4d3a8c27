import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { copyFile, mkdir, open, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import type { Event } from '../../../../../agent/model/event.ts';
import type { Quarantined } from '../../../../../agent/model/event-log.ts';
import { fold } from '../../../../../agent/model/fold.ts';
import { emptyState } from '../../../../../agent/model/state.ts';
import { openOrRebuild } from '../../../../../agent/store/disk/store.ts';
import type { StorePaths } from '../../../../../agent/store/messages.ts';
import { sampleHistory } from '../../sample-history.ts';
import {
  openFor,
  pathsIn,
  readAll,
  seqs,
  temporaryDir,
  temporaryLog,
} from '../../temporary-log.ts';

t.setTimeout(600_000);

const pageSize = 4096;

/** Every hundredth event is longer than a page, as a death record may be. */
const history = [...sampleHistory(2000)].map((event) =>
  event.seq % 100 === 0 ? Object.assign({ padding: 'x'.repeat(9000) }, event) : event,
);
const snapshot = fold(emptyState(), history.slice(0, 1200));

const build = async (): Promise<Awaited<ReturnType<typeof temporaryLog>>> => {
  const built = await temporaryLog(t);
  const { log } = built;
  log.append(history.slice(0, 1900));
  await log.saveSnapshot(snapshot);
  log.saveCursor('notifier', 1500, Date.now());
  await log.durable();
  log.append(history.slice(1900));
  await log.durable();
  return built;
};

/** A log as a kill leaves it: the newest events only in the write-ahead log. Copied by each test. */
const killed = (await build()).paths.eventsDb;

/** A log as `close` leaves it. */
const closed = await (async () => {
  const { log, paths } = await build();
  await log.close();
  return paths.eventsDb;
})();

const copyTo = async (dir: string, template: string): Promise<StorePaths> => {
  const paths = pathsIn(dir);
  await mkdir(dirname(paths.eventsDb), { recursive: true });
  for (const suffix of ['', '-wal']) {
    await rm(`${paths.eventsDb}${suffix}`, { force: true });
    if (existsSync(`${template}${suffix}`)) {
      await copyFile(`${template}${suffix}`, `${paths.eventsDb}${suffix}`);
    }
  }
  return paths;
};

const overwrite = async (file: string, position: number, bytes: Uint8Array): Promise<void> => {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, position);
  await handle.close();
};

const pages = (file: string): number => statSync(file).size / pageSize;

const damages: Record<string, (file: string) => Promise<void>> = {
  'a text': (file) => writeFile(file, 'this is not a database\n'.repeat(500)),
  'a first page of zeros': (file) => overwrite(file, 0, Buffer.alloc(pageSize)),
  'a header of a strange version': (file) => overwrite(file, 18, Buffer.from([7, 7])),
  'a header only written with a strange version': (file) => overwrite(file, 18, Buffer.from([3])),
  'a file cut in half': (file) => truncate(file, Math.floor(pages(file) / 2) * pageSize),
  'a file cut in the middle of a page': (file) => truncate(file, 20 * pageSize + 1234),
  'a page of noise in the middle': (file) =>
    overwrite(file, 40 * pageSize, Buffer.alloc(pageSize, 0xa5)),
  'a schema from the future': async (file) => {
    const db = new DatabaseSync(file);
    db.exec('ALTER TABLE events ADD COLUMN host TEXT; PRAGMA user_version = 2');
    db.close();
  },
  'a missing table': async (file) => {
    const db = new DatabaseSync(file);
    db.exec('DROP TABLE cursors');
    db.close();
  },
};

/** How many of the 2000 events each damage leaves readable, at least. */
const salvageable: Record<string, number> = {
  'a text': 0,
  'a first page of zeros': 2000,
  'a header of a strange version': 2000,
  'a header only written with a strange version': 2000,
  'a file cut in half': 900,
  'a file cut in the middle of a page': 80,
  'a page of noise in the middle': 1950,
  'a schema from the future': 2000,
  'a missing table': 2000,
};

for (const [name, damage] of Object.entries(damages)) {
  t.test(`${name} is set aside, said, and what can be read of it kept`, async (t) => {
    const paths = await copyTo(await temporaryDir(t), closed);
    await damage(paths.eventsDb);
    const damaged = readFileSync(paths.eventsDb);

    const { log, opening } = await openFor(t, paths);
    const { file, salvaged } = assertQuarantined(t, opening.quarantined);
    t.match(basename(file), /^events\.db\.damaged-2\d{3}-/);
    t.strictSame(readFileSync(file), damaged, 'the damaged file is kept as it was');
    t.ok(salvaged >= (salvageable[name] ?? 0), `${salvaged} salvaged`);

    const events = await readAll(log);
    t.equal(events.length, salvaged);
    t.strictSame(
      events,
      history.filter(({ seq }) => seqs(events).includes(seq)),
    );
    t.ok(opening.head >= (events.at(-1)?.seq ?? 0));
    await assertGoesOn(t, paths, log, opening.head);
  });
}

const assertQuarantined = (t: Test, quarantined: Quarantined | null): Quarantined => {
  if (!quarantined) throw new Error('not quarantined');
  t.not(quarantined.reason, '');
  return quarantined;
};

const nextEvent = (seq: number): Event => ({
  seq,
  v: 1,
  at: 1,
  type: 'log.recovered',
  trace: '',
  data: { queued: 0, afterMs: 0 },
});

const assertGoesOn = async (
  t: Test,
  paths: StorePaths,
  log: Awaited<ReturnType<typeof openFor>>['log'],
  head: number,
): Promise<void> => {
  log.append([nextEvent(head + 1)]);
  await log.durable();
  await log.close();
  const again = await openFor(t, paths);
  t.match(again.opening, { head: head + 1, quarantined: null });
};

t.test('snapshot and cursors are salvaged too', async (t) => {
  const paths = await copyTo(await temporaryDir(t), closed);
  await overwrite(paths.eventsDb, 0, Buffer.alloc(100));
  const { log, opening } = await openFor(t, paths);
  t.strictSame(opening.state, snapshot);
  const now = Date.now();
  const retained = await log.retain({ maxAgeMs: 0, maxBytes: 0, now });
  t.match(retained, { firstSeq: 1201 }, 'up to the snapshot, which is before the cursor');
});

t.test('what only the write-ahead log holds is salvaged from there', async (t) => {
  const used = await copyTo(await temporaryDir(t), closed);
  const { log } = await openFor(t, used);
  log.append([nextEvent(2001)]);
  await log.durable();
  const paths = await copyTo(await temporaryDir(t), used.eventsDb);
  await overwrite(paths.eventsDb, 0, Buffer.alloc(100));
  const { log: again, opening } = await openFor(t, paths);
  t.equal(assertQuarantined(t, opening.quarantined).salvaged, 2001);
  await assertGoesOn(t, paths, again, 2001);
});

t.test('damage in use: the log says so, rebuilds itself and goes on', async (t) => {
  const paths = await copyTo(await temporaryDir(t), closed);
  const { log } = await openFor(t, paths, {
    timing: { firstRetry: 5, lastRetry: 5, stall: 60_000 },
  });
  await log.durable();
  const said = new Promise<Quarantined>((resolve) => {
    log.onQuarantined = resolve;
  });
  const noise = Buffer.alloc(pageSize, 0xa5);
  for (let page = 10; page < pages(paths.eventsDb); page += 2) {
    await overwrite(paths.eventsDb, page * pageSize, noise);
  }
  await t.rejects(readAll(log), { code: 'SQLITE_CORRUPT' });
  const { file, salvaged } = await said;
  t.ok(existsSync(file));
  const events = await readAll(log);
  t.equal(events.length, salvaged);
  t.ok(salvaged > 100, `${salvaged} salvaged`);
  await assertGoesOn(t, paths, log, 2000);
});

t.test('only the newest three damaged files are kept', async (t) => {
  const dir = await temporaryDir(t);
  for (let i = 0; i < 5; i += 1) {
    const paths = await copyTo(dir, closed);
    await overwrite(paths.eventsDb, 0, Buffer.alloc(100));
    openOrRebuild(paths, Date.UTC(2026, 0, 1, i)).store.close();
  }
  const kept = readdirSync(join(dir, 'state')).filter((name) => /damaged-[^.]*Z$/.test(name));
  t.strictSame(
    kept.map((name) => name.slice(-13, -11)),
    ['02', '03', '04'],
  );
});

t.test('an empty file is a new log', async (t) => {
  const paths = pathsIn(await temporaryDir(t));
  await mkdir(dirname(paths.eventsDb));
  await writeFile(paths.eventsDb, '');
  t.match((await openFor(t, paths)).opening, { head: 0, quarantined: null });
});

t.test("another program's database is set aside, not written to", async (t) => {
  const paths = pathsIn(await temporaryDir(t));
  await mkdir(dirname(paths.eventsDb));
  const db = new DatabaseSync(paths.eventsDb);
  db.exec("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup')");
  db.close();
  const { opening } = await openFor(t, paths);
  const { file, salvaged } = assertQuarantined(t, opening.quarantined);
  t.equal(salvaged, 0);
  t.match(new DatabaseSync(file).prepare('SELECT * FROM recipes').all(), [{ name: 'soup' }]);
});

/** Bytes flipped anywhere in a file; positions as fractions of its length. */
const flips = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
    xor: fc.integer({ min: 1, max: 255 }),
  }),
  { minLength: 1, maxLength: 20 },
);

const flip = async (file: string, changes: { at: number; xor: number }[]): Promise<void> => {
  const bytes = readFileSync(file);
  for (const { at, xor } of changes) {
    const position = Math.floor(at * bytes.length);
    bytes[position] = (bytes[position] ?? 0) ^ xor;
  }
  await writeFile(file, bytes);
};

t.test('bytes flipped anywhere: it opens and goes on', async (t) => {
  const dir = await temporaryDir(t);
  const property = fc.asyncProperty(
    flips,
    flips,
    fc.boolean(),
    async (inFile, inWal, headerToo) => {
      const paths = await copyTo(dir, killed);
      await flip(paths.eventsDb, inFile);
      await flip(`${paths.eventsDb}-wal`, inWal);
      if (headerToo)
        await flip(
          paths.eventsDb,
          inFile.map(({ at, xor }) => ({ at: at / 100, xor })),
        );

      const { store, opened } = openOrRebuild(paths, Date.now());
      try {
        const query = { after: 0, upTo: opened.head, limit: 10_000 };
        const { bodies } = await store.reader.read(query);
        store.append({ rows: [rowOf(opened.head + 1)], cursors: [], full: true });
        return bodies.length <= history.length && store.head() === opened.head + 1;
      } finally {
        store.close();
      }
    },
  );
  await fc.assert(property, { numRuns: 60 });
  t.pass();
});

const rowOf = (seq: number) => {
  const event = nextEvent(seq);
  return { ...event, session: null, life: null, body: JSON.stringify(event) };
};
