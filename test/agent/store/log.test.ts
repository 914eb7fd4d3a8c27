import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import t from 'tap';
import type { Event } from '../../../agent/model/event.ts';
import { emptyState } from '../../../agent/model/state.ts';
import { appender } from '../../../agent/store/disk/append.ts';
import { checkSqliteVersion, openDatabase } from '../../../agent/store/disk/database.ts';
import { openLog } from '../../../agent/store/open.ts';
import { upcast } from '../../../agent/store/upcast.ts';
import { sampleHistory } from './sample-history.ts';
import { openFor, range, readAll, seqs, temporaryDir, temporaryLog } from './temporary-log.ts';

const history = [...sampleHistory(3000)];

t.test('what is appended is read back, in order and unchanged', async (t) => {
  const { log, opening } = await temporaryLog(t);
  t.match(opening, { head: 0, quarantined: null, state: emptyState() });
  log.append(history);
  await log.durable();
  t.strictSame(await readAll(log), history);
  t.match(log.health(), { status: 'ok', code: '', queued: 0, dropped: 0, storedSeq: 3000 });
  t.ok(log.health().bytes > 1_000_000);
});

t.test('all events of one tick are one commit', async (t) => {
  const { log } = await temporaryLog(t);
  const commits: number[][] = [];
  log.onStored = (events) => commits.push(seqs(events));
  for (const event of history.slice(0, 100)) log.append([event]);
  await log.durable();
  t.strictSame(commits, [range(1, 100)]);
});

t.test('all events of the time a commit takes are the next one', async (t) => {
  const { log } = await temporaryLog(t);
  const commits: number[][] = [];
  log.onStored = (events) => {
    commits.push(seqs(events));
    if (commits.length > 1) return;
    for (const event of history.slice(1, 50)) log.append([event]);
  };
  log.append(history.slice(0, 1));
  await log.durable();
  await log.durable();
  t.strictSame(commits, [[1], range(2, 50)]);
});

t.test('a log is found again as it was left', async (t) => {
  const { log, paths } = await temporaryLog(t);
  log.append(history.slice(0, 10));
  const name = log.putBlob('a screen');
  const state = { ...emptyState(), seq: 7, at: 12 };
  await log.durable();
  await log.saveSnapshot(state);
  await log.close();

  const { log: again, opening } = await openFor(t, paths);
  t.strictSame(opening, { head: 10, state, quarantined: null });
  t.equal(await again.getBlob(name), 'a screen');
  again.append(history.slice(10, 12));
  await again.durable();
  t.strictSame(await readAll(again), history.slice(0, 12));
});

t.test('a closing log stores what was appended just before', async (t) => {
  const { log, paths } = await temporaryLog(t);
  log.append(history);
  await log.close();
  const { opening } = await openFor(t, paths);
  t.equal(opening.head, 3000);
});

t.test('read honours every condition, alone and together', async (t) => {
  const { log } = await temporaryLog(t);
  log.append(history);
  await log.durable();
  const [since, until] = [history[700]?.at ?? 0, history[2100]?.at ?? 0];
  const queries = [
    { after: 2990 },
    { upTo: 3 },
    { after: 5, upTo: 9 },
    { since },
    { until },
    { since, until, after: 1000 },
    { session: 'bot-3' },
    { types: ['session.died', 'incident.opened'] as const },
    { session: 'bot-3', types: ['session.died'] as const, since },
    { session: 'nobody' },
    { since: until + 1e12 },
    { until: 1 },
  ];
  for (const query of queries) {
    const wanted = history.filter(
      (event) =>
        event.seq > (query.after ?? 0) &&
        event.seq <= (query.upTo ?? 1e9) &&
        event.at >= (query.since ?? 0) &&
        event.at <= (query.until ?? 1e15) &&
        (!query.types || query.types.some((type) => type === event.type)) &&
        (!query.session || sessionOf(event) === query.session),
    );
    t.strictSame(await log.read({ ...query, limit: 5000 }), wanted, JSON.stringify(query));
    t.strictSame(await log.read({ ...query, limit: 3 }), wanted.slice(0, 3));
  }
  t.strictSame(await log.read({ limit: 0 }), []);
});

t.test('what is read in pages is all of it, each within its bound', async (t) => {
  const { log } = await temporaryLog(t);
  log.append(history);
  await log.durable();
  const { length } = JSON.stringify(history);
  const chunk = 256 * 1024;
  t.ok(length > 3 * chunk);
  const pages: Event[][] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await log.readPage({ after, limit: 5000 }, chunk);
    pages.push(page.events);
    after = page.next;
  }
  t.strictSame(pages.flat(), history);
  t.ok(pages.every((page) => JSON.stringify(page).length < 2 * chunk));
});

const sessionOf = ({ data }: Event): string | null => {
  if ('target' in data) return data.target.session;
  return 'session' in data ? data.session : null;
};

t.test('since and until hold where the clock jumped', async (t) => {
  const { log } = await temporaryLog(t);
  const times = [1000, 2000, 500, 3000, 2500, 9000, 4000];
  const events = times.map((at, i) => ({ ...logEvent(i + 1), at }));
  log.append(events);
  await log.durable();
  t.strictSame(seqs(await log.read({ since: 2500, limit: 9 })), [4, 5, 6, 7]);
  t.strictSame(seqs(await log.read({ until: 2500, limit: 9 })), [1, 2, 3, 5]);
});

const logEvent = (seq: number): Event => ({
  seq,
  v: 1,
  at: seq * 1000,
  type: 'log.recovered',
  trace: '',
  data: { queued: seq, afterMs: 1 },
});

t.test('types this release does not know survive', async (t) => {
  const { log } = await temporaryLog(t);
  const foreign = { ...logEvent(1), type: 'moon.rose', data: { phase: ['full'] } };
  log.append([foreign as unknown as Event]);
  await log.durable();
  t.strictSame(await readAll(log), [foreign]);
});

t.test('an upcaster brings old data up to date, and only its own type', (t) => {
  const table = { 'log.recovered': (data: object) => ({ ...data, added: true }) };
  t.match(upcast(logEvent(1), table), { seq: 1, data: { queued: 1, added: true } });
  const other = { ...logEvent(1), type: 'toString' } as unknown as Event;
  t.equal(upcast(other, table), other);
  t.end();
});

t.test('events out of order are counted, never stored', async (t) => {
  const { log } = await temporaryLog(t);
  log.append([logEvent(2), logEvent(2), logEvent(1), logEvent(3)]);
  await log.durable();
  t.strictSame(seqs(await readAll(log)), [2, 3]);
  t.equal(log.health().dropped, 2);
});

t.test('an event far past any bound is counted, and the rest stored', async (t) => {
  const { log } = await temporaryLog(t);
  const huge = { ...logEvent(1), trace: 'x'.repeat(2 ** 21) };
  log.append([huge, logEvent(2)]);
  await log.durable();
  t.strictSame(seqs(await readAll(log)), [2]);
  t.equal(log.health().dropped, 1);
});

t.test('a batch that asks for it is committed with an fsync, and only that one', async (t) => {
  const db = openDatabase(join(await temporaryDir(t), 'events.db'));
  const append = appender(db);
  const synchronous = (): unknown => db.prepare('PRAGMA synchronous').get()?.['synchronous'];
  const [normal, full] = [1, 2];
  t.equal(synchronous(), normal);
  append({ rows: [], cursors: [], full: true });
  t.equal(synchronous(), full);
  append({ rows: [], cursors: [{ subscriber: 'a', seq: 1, at: 1 }], full: false });
  t.equal(synchronous(), normal);
  t.match(db.prepare('SELECT n FROM sync').get(), { n: 1 }, 'there was something to sync');
  db.close();
});

t.test('a closed log refuses, and starts nothing again', async (t) => {
  const { log } = await temporaryLog(t);
  await log.close();
  log.append([logEvent(1)]);
  const closed = { name: 'LogFailure', code: 'log-closed' };
  await t.rejects(log.durable(), closed);
  await t.rejects(log.read({ limit: 1 }), closed);
  await t.resolves(log.close(), 'closing it twice is nothing new');
});

t.test('a second writer is refused while the first lives, and only then', async (t) => {
  const { log, paths } = await temporaryLog(t);
  await t.rejects(openLog(paths), { name: 'LogFailure', code: 'log-in-use', retryable: true });
  log.append([logEvent(1)]);
  await log.close();
  const { opening } = await openFor(t, paths);
  t.equal(opening.head, 1);
});

t.test('files are private', async (t) => {
  const { log, paths } = await temporaryLog(t);
  log.append([logEvent(1)]);
  const name = log.putBlob('secret');
  await log.durable();
  await log.getBlob(name);
  const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);
  const blob = join(paths.blobsDir, name.slice(0, 2), name.slice(2, 4), name);
  for (const dir of [dirname(paths.eventsDb), paths.blobsDir, dirname(blob)]) {
    t.equal(mode(dir), '700', dir);
  }
  const db = paths.eventsDb;
  for (const file of [db, `${db}-wal`, `${db}-shm`, `${db}.lock`, blob]) {
    t.equal(mode(file), '600', file);
  }
});

t.test('a snapshot is never stored before what it is the fold of', async (t) => {
  const { log, paths } = await temporaryLog(t);
  log.append(history.slice(0, 50));
  await log.saveSnapshot({ ...emptyState(), seq: 50, at: 9 });
  t.equal(log.health().storedSeq, 50);
  t.equal((await log.snapshotBefore(9))?.seq, 50);
  t.equal(await log.snapshotBefore(8), null);
  await log.close();
  t.match((await openFor(t, paths)).opening, { head: 50, state: { seq: 50 } });
});

t.test('a snapshot too large for the thread is refused', async (t) => {
  const { log } = await temporaryLog(t);
  const state = { ...emptyState(), padding: 'x'.repeat(2 ** 24) };
  await t.rejects(log.saveSnapshot(state), { code: 'snapshot-too-large' });
});

t.test('a thread that is lost is replaced, and no event with it', async (t) => {
  const threads: Worker[] = [];
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (this: Worker, ...args) {
    threads.push(this);
    return postMessage.apply(this, args);
  };
  t.teardown(() => {
    Worker.prototype.postMessage = postMessage;
  });
  const { log } = await temporaryLog(t, { timing: { firstRetry: 1, lastRetry: 1, stall: 60_000 } });
  const codes: string[] = [];
  log.onHealth = ({ code }) => codes.push(code);
  log.append(history.slice(0, 500));
  await log.durable();
  log.append(history.slice(500, 1000));
  const waiting = log.read({ limit: 1000 });
  await threads[0]?.terminate();
  await t.rejects(waiting, { code: 'log-thread-lost', retryable: true });
  await log.durable();
  t.strictSame(await readAll(log), history.slice(0, 1000));
  t.equal(log.health().status, 'ok');
  t.equal(codes.at(-1), codes.length === 0 ? undefined : '');
});

t.test('an SQLite that can corrupt the log is refused', (t) => {
  for (const version of ['3.51.2', '3.50.9', '2.99.99', '3.7.0', '']) {
    t.throws(() => checkSqliteVersion(version), { code: 'sqlite-too-old' }, version);
  }
  for (const version of ['3.51.3', '3.51.10', '3.52.0', '4.0.0']) {
    t.doesNotThrow(() => checkSqliteVersion(version), version);
  }
  t.end();
});

t.test(
  "the agent's own thread cannot touch the disk: it does not even import the means",
  async (t) => {
    const { metafile } = await build({
      entryPoints: ['agent/store/open.ts', 'agent/store/replay.ts'],
      outdir: 'unused',
      write: false,
      bundle: true,
      metafile: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
    });
    const imported = new Set(
      Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path)),
    );
    t.ok(imported.has('node:worker_threads'));
    for (const name of ['node:fs', 'node:fs/promises', 'node:sqlite']) t.notOk(imported.has(name));
  },
);
