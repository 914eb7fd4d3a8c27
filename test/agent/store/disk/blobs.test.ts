import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { sampleHistory } from '../sample-history.ts';
import { openFor, range, temporaryLog } from '../temporary-log.ts';

t.test('blobs', async (t) => {
  const { log, paths } = await temporaryLog(t);
  const fileOf = (name: string): string =>
    join(paths.blobsDir, name.slice(0, 2), name.slice(2, 4), name);

  await t.test('are named by the hash of their text and readable at once', async (t) => {
    const name = log.putBlob('wörld');
    t.equal(name, createHash('sha256').update('wörld').digest('hex'));
    t.equal(await log.getBlob(name), 'wörld');
    t.equal(log.putBlob('wörld'), name);
    await log.durable();
    t.equal(await log.getBlob(name), 'wörld');
  });

  await t.test('keep the last 64 KiB, whole characters only', async (t) => {
    const text = `start${'é'.repeat(40_000)}end`;
    const kept = await log.getBlob(log.putBlob(text));
    t.equal(kept, `${'é'.repeat(32_766)}end`);
  });

  await t.test('that are not there, or not what they were, are null', async (t) => {
    t.equal(await log.getBlob('0'.repeat(64)), null);
    t.equal(await log.getBlob('../../../../etc/passwd'), null);
    const name = log.putBlob('true');
    log.append([...sampleHistory(1)]);
    await log.durable();
    await writeFile(fileOf(name), 'lies');
    t.equal(await log.getBlob(name), null);
  });

  await t.test('many at once are all stored', async (t) => {
    const names = range(1, 50).map((n) => log.putBlob(`screen ${n}`));
    t.equal(await log.getBlob(names[25] ?? ''), 'screen 26');
    await log.close();
    const { log: again } = await openFor(t, paths);
    t.equal(await again.getBlob(names[49] ?? ''), 'screen 50');
    t.equal(await again.getBlob(names[0] ?? ''), 'screen 1');
  });
});
