import { existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { takeLock } from '../../../../exporters/notifier/outbox/lock.ts';
import { openOutbox } from '../../../../exporters/notifier/outbox/open.ts';
import { mountSmallDisk, onSmallDisk } from '../../../agent/tell/small-disk.ts';

const open = (directory: string, aside: string[] = []) =>
  openOutbox(
    directory,
    () => 'vps-1',
    (as) => aside.push(as),
  );

t.test('it is for one alone, until it is closed', async (t) => {
  const directory = join(t.testdir(), 'new');
  const first = open(directory);
  t.equal(statSync(directory).mode & 0o777, 0o700);
  t.ok(existsSync(join(directory, 'reserve')));
  first.outbox.keepFact('k', '1');
  first.close();
  const second = open(directory);
  t.equal(second.outbox.fact('k'), '1');
  second.close();
});

t.test('one that cannot be opened is not kept from others', async (t) => {
  const directory = t.testdir({ 'outbox.db': {} });
  t.throws(() => open(directory), { code: 'ERR_SQLITE_ERROR' });
  takeLock(join(directory, 'outbox.db')).close();
});

t.test('a lock that is no database is no other notifier', async (t) => {
  const directory = t.testdir();
  writeFileSync(join(directory, 'outbox.db.lock'), 'This is no database. '.repeat(100));
  open(directory).close();
  const elsewhere = join(directory, 'precious');
  writeFileSync(elsewhere, 'of somebody else');
  rmSync(join(directory, 'outbox.db.lock'));
  symlinkSync(elsewhere, join(directory, 'outbox.db.lock'));
  t.throws(() => open(directory), { code: 'ELOOP' });
  t.equal(readFileSync(elsewhere, 'utf8'), 'of somebody else');
});

t.test('it is opened on a full disk', onSmallDisk, async (t) => {
  const { path, fill } = mountSmallDisk(t, '8m');
  const first = open(path);
  first.outbox.addChannels(['webhook:ops']);
  first.close();
  fill();
  const aside: string[] = [];
  const second = open(path, aside);
  t.teardown(() => second.close());
  t.equal(second.outbox.waiting('webhook:ops').queued, 0);
  t.same(aside, []);
});
