import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { createJournal, noJournal } from '../../../../agent/tell/journal/journal.ts';
import { openReceiver } from '../datagram-receiver.ts';
import { watchHealth } from '../health-watch.ts';
import { decode } from './decode.ts';
import { sample, unchanged } from './sample-events.ts';

const temporaryAddress = (t: Test): string => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-journal-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  return join(directory, 'socket');
};

const open = (t: Test, address: string) => {
  const { seen, onHealth } = watchHealth();
  const journal = createJournal({ redact: unchanged, onHealth, address });
  t.teardown(() => journal.close());
  return { journal, seen };
};

const death = sample('session.died', { session: 'web', incident: '7' });

t.test('an entry is one datagram of our own process, sent at once', async (t) => {
  const address = temporaryAddress(t);
  const receiver = openReceiver(address);
  t.teardown(() => receiver.close());
  const { journal, seen } = open(t, address);
  t.same(journal.health(), { status: 'ok', code: '', sent: 0, dropped: 0 });
  journal.write(sample('session.renamed'));
  journal.write(death);
  const { text, pid } = await receiver.next();
  t.equal(pid, process.pid);
  t.match(Object.fromEntries(decode(Buffer.from(text))), {
    HOLDFAST_SESSION: 'web',
    HOLDFAST_INCIDENT: '7',
  });
  t.same(journal.health(), { status: 'ok', code: '', sent: 1, dropped: 0 });
  t.same(seen, []);
});

t.test('a journal that is away costs entries, is told of once, and is found again', async (t) => {
  const address = temporaryAddress(t);
  const { journal, seen } = open(t, address);
  for (let n = 0; n < 3; n += 1) journal.write(death);
  t.same(journal.health(), { status: 'degraded', code: 'ENOENT', sent: 0, dropped: 3 });
  t.match(seen, [{ status: 'degraded', code: 'ENOENT' }]);

  const receiver = openReceiver(address);
  journal.write(death);
  t.match((await receiver.next()).text, 'HOLDFAST_SESSION=web');
  t.same(journal.health(), { status: 'ok', code: '', sent: 1, dropped: 3 });

  receiver.close();
  journal.write(death);
  t.match(journal.health(), { status: 'degraded', code: 'ECONNREFUSED', dropped: 4 });
  t.same(
    seen.map(({ status }) => status),
    ['degraded', 'ok', 'degraded'],
  );
});

t.test('a journal that does not read is not waited for', async (t) => {
  const address = temporaryAddress(t);
  const receiver = openReceiver(address);
  t.teardown(() => receiver.close());
  const { journal } = open(t, address);
  for (let n = 0; n < 5000; n += 1) journal.write(death);
  const { status, code, sent, dropped } = journal.health();
  t.match({ status, code }, { status: 'degraded', code: 'EAGAIN' });
  t.equal(sent + dropped, 5000);
  t.ok(sent > 0);
  await receiver.next();
  journal.write(death);
  t.match(journal.health(), { status: 'ok', sent: sent + 1, dropped });
});

t.test('an event that cannot be read stops nothing', async (t) => {
  const { journal } = open(t, temporaryAddress(t));
  journal.write({ ...death, data: null } as never);
  t.match(journal.health(), { status: 'degraded', code: 'unknown', dropped: 1 });
});

t.test('where the journal is not ours nothing is sent', async (t) => {
  noJournal.write(death);
  noJournal.close();
  t.same(noJournal.health(), { status: 'off', code: '', sent: 0, dropped: 0 });
});
