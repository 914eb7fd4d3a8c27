import t from 'tap';
import { LogFailure } from '../../../agent/model/failure.ts';
import { GroupCommit, type Timing } from '../../../agent/store/group-commit.ts';
import type { Batch, Stored } from '../../../agent/store/messages.ts';
import { Troubles } from '../../../agent/store/trouble.ts';
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
const onStrangeDisk = (timing: Partial<Timing>) => {
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
      onStored: (events) => kept.push(...seqs(events)),
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
  const batch = queue.batch(false);
  t.equal(queue.settle(batch, 0).length, room);
  t.equal(queue.isOverflowing, false);
  t.ok(queue.push(last));
  t.end();
});
