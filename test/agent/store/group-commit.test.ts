import { once } from 'node:events';
import t from 'tap';
import type { Event } from '../../../agent/model/event.ts';
import { LogFailure } from '../../../agent/model/failure.ts';
import { GroupCommit, type Timing } from '../../../agent/store/group-commit.ts';
import { diverged } from '../../../agent/store/log-failures.ts';
import type { Batch, Stored } from '../../../agent/store/messages.ts';
import { Troubles } from '../../../agent/store/troubles.ts';
import { WriteQueue } from '../../../agent/store/write-queue.ts';
import { sampleHistory } from './sample-history.ts';
import { range, seqs } from './temporary-log.ts';

const history = [...sampleHistory(3000)];
const [first, last] = [history[0], history[2999]];
if (!first || !last) throw new Error('no history');

const stored = (batch: Batch): Stored => ({
  bytes: 0,
  blobs: batch.blobs.length,
  blobFailure: null,
});

/** Commits that the test answers itself: the disk no test machine has. */
const onStrangeDisk = (timing: Partial<Timing>, onStored = (_: readonly Event[]) => {}) => {
  const queue = new WriteQueue();
  const codes: string[] = [];
  const { promise: recovered, resolve: recover } = Promise.withResolvers<void>();
  const troubles = new Troubles(() => {
    codes.push(troubles.worst?.code ?? 'ok');
    if (!troubles.worst) recover();
  });
  const commits: { batch: Batch; answer: PromiseWithResolvers<Stored> }[] = [];
  const arrivals: ((batch: Batch) => void)[] = [];
  const kept: number[] = [];
  const log = new GroupCommit(
    {
      queue,
      troubles,
      timing: { firstRetry: 1, lastRetry: 1, stall: 60_000, ...timing },
      commit(batch) {
        const answer = Promise.withResolvers<Stored>();
        commits.push({ batch, answer });
        arrivals.shift()?.(batch);
        return answer.promise;
      },
      onStored(events) {
        kept.push(...seqs(events));
        onStored(events);
      },
    },
    { head: 0, bytes: 0 },
  );
  const nextCommit = (): Promise<Batch> => new Promise((resolve) => arrivals.push(resolve));
  return { queue, codes, commits, kept, log, nextCommit, recovered };
};

t.test(
  'a disk that does not answer: said after a while, not waited for, and forgiven',
  async (t) => {
    const { queue, codes, commits, kept, log, recovered } = onStrangeDisk({ stall: 10 });
    queue.push(first);
    await t.rejects(log.synced(1), { code: 'log-stalled', retryable: true });
    await t.rejects(log.synced(1), { code: 'log-stalled' }, 'the next need not wait for it again');
    t.strictSame(codes, ['log-stalled']);
    t.equal(commits.length, 1, 'and nothing is sent after it');

    commits[0]?.answer.resolve(stored(commits[0].batch));
    await recovered;
    await log.stored(() => kept.length > 0);
    t.strictSame(codes, ['log-stalled', 'ok']);
    t.strictSame(kept, [1]);
  },
);

t.test('after failures, the same events in the same order', async (t) => {
  const { queue, codes, commits, kept, log, nextCommit } = onStrangeDisk({});
  for (const event of history) queue.push(event);
  const waiting = log.synced(3000);
  const refused = t.rejects(waiting, { code: 'EIO' });
  for (let i = 0; i < 3; i += 1) {
    if (commits.length <= i) await nextCommit();
    commits[i]?.answer.reject(new LogFailure('EIO', 'broken'));
  }
  await refused;
  const done = new Promise<void>((resolve) => {
    const answer = async (): Promise<void> => {
      for (let i = 3; queue.events > 0; i += 1) {
        if (commits.length <= i) await nextCommit();
        const commit = commits[i];
        commit?.answer.resolve(stored(commit.batch));
        await commit?.answer.promise;
        await new Promise((next) => setImmediate(next));
      }
      resolve();
    };
    void answer();
  });
  await done;
  log.stop();
  t.strictSame(kept, range(1, 3000));
  t.strictSame(codes, ['EIO', 'ok']);
  const sizes = commits.map(({ batch }) => batch.rows.length);
  t.ok(Math.max(...sizes) <= 1000, `transactions of ${sizes}`);
});

t.test('intents and actions ask for an fsync by themselves, other events do not', async (t) => {
  const { queue, log, nextCommit, commits } = onStrangeDisk({});
  const plain = history.find(({ type }) => type === 'session.created');
  const action = history.find(({ type }) => type === 'action.requested');
  if (!plain || !action) throw new Error('not in the history');
  queue.push(plain);
  log.kick();
  t.equal((await nextCommit()).full, false);
  queue.push(action);
  commits[0]?.answer.resolve(stored(commits[0].batch));
  t.equal((await nextCommit()).full, true);
  commits[1]?.answer.resolve(stored(commits[1].batch));
  await log.synced(action.seq);
  t.equal(commits.length, 2, 'already synced');
});

t.test('what is stored without an fsync gets one when it is asked for', async (t) => {
  const { queue, log, nextCommit, commits } = onStrangeDisk({});
  queue.push(first);
  log.kick();
  await nextCommit();
  const synced = log.synced(1);
  commits[0]?.answer.resolve(stored(commits[0].batch));
  const batch = await nextCommit();
  t.match(batch, { rows: [], full: true });
  commits[1]?.answer.resolve(stored(batch));
  await synced;
});

t.test('a queue with a limit of bytes', (t) => {
  const queue = new WriteQueue({ events: 1e6, bytes: 10_000 });
  const taken = history.map((event) => queue.push(event));
  const room = taken.indexOf(false);
  t.ok(room > 0);
  t.notOk(taken.slice(room).includes(true), 'once full, nothing slips in behind');
  t.equal(queue.dropped, 3000 - room);
  queue.pushBlob('a', 'x'.repeat(10_000));
  t.equal(queue.blob('a'), undefined);
  const batch = queue.batch({ sync: false });
  t.equal(queue.settle(batch, 0).length, room);
  t.equal(queue.isOverflowing, false);
  t.ok(queue.push(last));
  t.end();
});

t.test('limits are bytes, whatever the letters', async (t) => {
  const wide = { ...first, trace: '€'.repeat(1000) };
  const bytes = Buffer.byteLength(JSON.stringify(wide));
  t.ok(bytes > JSON.stringify(wide).length + 1900);
  t.ok(new WriteQueue({ events: 9, bytes }).push(wide));
  t.notOk(new WriteQueue({ events: 9, bytes: bytes - 1 }).push(wide));
  t.notOk(new WriteQueue().push({ ...first, trace: '€'.repeat(400_000) }), 'too long a row');

  const queue = new WriteQueue({ events: 9, bytes: 300 });
  queue.pushBlob('wide', '€'.repeat(101));
  t.equal(queue.blob('wide'), undefined);
  queue.pushBlob('wide', '€'.repeat(100));
  t.equal(queue.blob('wide'), '€'.repeat(100));
  queue.settle(queue.batch({ sync: false }), 1);
  queue.pushBlob('next', 'x'.repeat(300));
  t.equal(queue.blob('next')?.length, 300, 'what is stored makes room');
});

t.test('a transaction is small in bytes, whatever the letters', async (t) => {
  const queue = new WriteQueue();
  for (const seq of range(1, 4)) queue.push({ ...first, seq, trace: '€'.repeat(80_000) });
  t.equal(queue.batch({ sync: false }).rows.length, 2);
});

t.test('a listener that throws is warned of, and commits go on', async (t) => {
  const { queue, log, nextCommit, commits, kept } = onStrangeDisk({}, () => {
    throw new Error('a mistake');
  });
  const warned = once(process, 'warning');
  for (const seq of [1, 2]) {
    queue.push({ ...first, seq });
    const synced = log.synced(seq);
    await nextCommit();
    const commit = commits[seq - 1];
    commit?.answer.resolve(stored(commit.batch));
    await synced;
  }
  t.strictSame(kept, [1, 2]);
  t.match(await warned, [{ message: 'a mistake' }]);
});

t.test('a log that diverged is tried again too', async (t) => {
  const { queue, log, nextCommit, commits, codes, recovered } = onStrangeDisk({});
  queue.push(first);
  const refused = t.rejects(log.synced(1), { code: 'log-diverged', retryable: false });
  await nextCommit();
  const again = nextCommit();
  commits[0]?.answer.reject(diverged());
  await refused;
  const batch = await again;
  commits[1]?.answer.resolve(stored(batch));
  await recovered;
  t.strictSame(codes, ['log-diverged', 'ok']);
});

t.test(
  'blobs that are refused wait on their own: events are not kept, nor their waits',
  async (t) => {
    const slow = { firstRetry: 60_000, lastRetry: 60_000 };
    const { queue, log, nextCommit, commits, codes } = onStrangeDisk(slow);
    queue.pushBlob('a', 'a screen');
    log.kick();
    await nextCommit();
    const blobFailure = { code: 'ENOSPC', message: 'full', retryable: true };
    commits[0]?.answer.resolve({ bytes: 0, blobs: 0, blobFailure });
    queue.push(first);
    const synced = log.synced(1);
    const batch = await nextCommit();
    t.match(batch, { blobs: [], rows: [{ seq: 1 }] });
    commits[1]?.answer.resolve(stored(batch));
    await synced;
    t.strictSame(codes, ['ENOSPC'], 'and it is still said');

    const flushed = log.flush();
    const last = await nextCommit();
    t.match(last, { blobs: [{ name: 'a' }] });
    commits[2]?.answer.resolve(stored(last));
    await flushed;
    t.strictSame(codes, ['ENOSPC', 'ok']);
    log.stop();
  },
);

t.test('a flush does not wait for blobs that are refused again', async (t) => {
  const { queue, log, nextCommit, commits } = onStrangeDisk({ firstRetry: 60_000 });
  queue.pushBlob('a', 'a screen');
  const flushed = log.flush();
  await nextCommit();
  const blobFailure = { code: 'ENOSPC', message: 'full', retryable: true };
  commits[0]?.answer.resolve({ bytes: 0, blobs: 0, blobFailure });
  await flushed;
  t.equal(queue.blob('a'), 'a screen');
  log.stop();
});
