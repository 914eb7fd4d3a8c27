import { existsSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import t, { type Test } from 'tap';
import type { Quarantined } from '../../../../../agent/model/event-log.ts';
import { LiveStore } from '../../../../../agent/store/disk/live-store.ts';
import type { StorePaths } from '../../../../../agent/store/messages.ts';
import { subjectOf } from '../../../../../agent/store/subject.ts';
import { sampleHistory } from '../../sample-history.ts';
import {
  openFor,
  pathsIn,
  readAll,
  seqs,
  temporaryDir,
  temporaryLog,
} from '../../temporary-log.ts';

const pageSize = 4096;
const history = [...sampleHistory(2020)];

/** Events whose text the write-ahead log holds whole, wherever in it; the log alone must give these back. */
const inLog = (file: string): number[] => {
  const log = readFileSync(`${file}-wal`, 'latin1');
  return seqs(history).filter((seq) => log.includes(`{"seq":${seq},`));
};

/** A log in use with 2000 events, most of which its write-ahead log has too, though not as committed there. */
const used = async (t: Test) => {
  const { log, paths } = await temporaryLog(t);
  const said: Quarantined[] = [];
  log.onQuarantined = (quarantined) => said.push(quarantined);
  // The first fills the write-ahead log, which then begins again with the second.
  for (const [from, to] of [
    [0, 1980],
    [1980, 2000],
  ]) {
    log.append(history.slice(from, to));
    await log.durable();
  }
  return { log, paths, said };
};

const parts = { nothing: 0, 'a page': pageSize, half: 0.5 };

for (const [name, part] of Object.entries(parts)) {
  t.test(`cut to ${name} while in use: the next commit notices, and its log is read`, async (t) => {
    const { log, paths, said } = await used(t);
    const { size } = statSync(paths.eventsDb);
    const left = part < 1 ? Math.floor((size * part) / pageSize) * pageSize : part;
    const wanted = inLog(paths.eventsDb);
    t.ok(wanted.length > 1000, `${wanted.length} in the write-ahead log`);
    truncateSync(paths.eventsDb, left);
    log.append(history.slice(2000));
    await log.durable();
    t.match(said, [{ reason: /cut short/ }]);
    const events = await readAll(log);
    const found = new Set(seqs(events));
    const missing = wanted.filter((seq) => !found.has(seq));
    t.ok(missing.length < wanted.length / 100, `${missing.length} of these are missing`);
    t.strictSame(
      events,
      history.filter(({ seq }) => found.has(seq)),
    );
    t.strictSame(events.slice(-20), history.slice(2000), 'what came afterwards is whole');
    t.notOk(existsSync(`${paths.eventsDb}.kept-wal`));
    t.ok(statSync(`${said[0]?.file}-wal`).size > 1_000_000, 'the log is set aside as well');
    await log.close();
    t.match((await openFor(t, paths)).opening, { head: 2020, quarantined: null });
  });
}

/** What a kill leaves of a log in use. */
const killed = async (t: Test): Promise<StorePaths> => {
  const { paths: from } = await used(t);
  const paths = pathsIn(await temporaryDir(t));
  await mkdir(dirname(paths.eventsDb));
  for (const suffix of ['', '-wal', '-shm']) {
    await copyFile(`${from.eventsDb}${suffix}`, `${paths.eventsDb}${suffix}`);
  }
  return paths;
};

const losses: Record<string, (file: string) => void> = {
  'cut to nothing': (file) => truncateSync(file, 0),
  'cut to a page': (file) => truncateSync(file, pageSize),
  'blanked but for a page': (file) => {
    const { size } = statSync(file);
    truncateSync(file, pageSize);
    truncateSync(file, size);
  },
  removed: (file) => rmSync(file),
};

for (const [name, lose] of Object.entries(losses)) {
  t.test(`${name} after a kill: the write-ahead log that is left is read`, async (t) => {
    const paths = await killed(t);
    const wanted = inLog(paths.eventsDb);
    lose(paths.eventsDb);
    const { log, opening } = await openFor(t, paths);
    t.equal(opening.head, 2000);
    t.ok((opening.quarantined?.salvaged ?? 0) > wanted.length * 0.99);
    t.ok(existsSync(opening.quarantined?.file ?? ''));
    t.notOk(existsSync(`${paths.eventsDb}.kept-wal`));
    log.append(history.slice(2000));
    await log.durable();
    t.strictSame((await readAll(log)).slice(-20), history.slice(2000));
  });
}

t.test('a file that retention made shorter is not taken for one that was cut', async (t) => {
  const paths = pathsIn(await temporaryDir(t));
  const said: Quarantined[] = [];
  const live = new LiveStore(paths, (quarantined) => said.push(quarantined));
  live.open();
  t.teardown(() => live.close());
  const rows = history.map((event) => ({
    ...event,
    ...subjectOf(event),
    body: JSON.stringify(event),
  }));
  const store = live.forWriting();
  store.append({ rows, cursors: [], full: true });
  store.snapshots.save({ seq: 2020, at: 5, schema: 1, state: '{"seq":2020,"schema":1}' });
  live.noteWritten();
  const before = statSync(paths.eventsDb).size;
  await store.retain({ maxAgeMs: 0, maxBytes: 0, now: Date.now() });
  // SQLite cuts the file at a checkpoint.
  for (let n = 0; n < 300; n += 1) store.append({ rows: [], cursors: [], full: true });
  t.ok(statSync(paths.eventsDb).size < before);
  t.equal(live.forWriting(), store);
  t.strictSame(said, []);
});
