import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { createReserve } from '../../../../exporters/notifier/outbox/reserve.ts';
import { mountSmallDisk, onSmallDisk } from '../../../agent/tell/small-disk.ts';
import { Tale } from '../classify/sample-events.ts';
import { openRig } from '../sample-desk.ts';

t.test('a reserve is held once, and given up once', async (t) => {
  const file = join(t.testdir(), 'reserve');
  const reserve = createReserve(file);
  t.notOk(reserve.release());
  reserve.hold();
  reserve.hold();
  t.ok(reserve.release());
  t.notOk(reserve.release());
});

t.test('the alert about a full disk is stored on the full disk', onSmallDisk, async (t) => {
  const disk = mountSmallDisk(t, '8m');
  const reserve = createReserve(join(disk.path, 'reserve'));
  const rig = openRig({ file: join(disk.path, 'outbox.db'), reserve });
  t.teardown(() => rig.close());
  reserve.hold();
  disk.fill();
  const tale = new Tale();
  // Enough for any room that the database still has in its own files to be used up.
  for (let i = 0; i < 100; i += 1) rig.desk.take(tale.died([`s${i}`], {}, `srv${i}`));
  t.equal(rig.desk.cursor, tale.seq);
  t.notOk(existsSync(join(disk.path, 'reserve')), 'it gave way');
  reserve.hold();
  t.notOk(existsSync(join(disk.path, 'reserve')) && reserve.release(), 'there is no room for it');
  disk.free();
  reserve.hold();
  t.ok(reserve.release(), 'there is room again');
});
