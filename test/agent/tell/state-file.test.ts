import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { createStateFile } from '../../../agent/tell/state-file.ts';
import { watchHealth } from './health-watch.ts';
import { mountSmallDisk, onSmallDisk } from './small-disk.ts';

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const modeOf = (path: string): number => statSync(path).mode & 0o777;

t.test('writes a document for everybody to read, whatever the umask', async (t) => {
  const directory = join(t.testdir(), 'state');
  const umask = process.umask(0o077);
  t.teardown(() => process.umask(umask));
  const state = createStateFile(join(directory, 'state.json'));
  state.write({ schema: 1 });
  await state.settled();
  t.strictSame(read(join(directory, 'state.json')), { schema: 1 });
  t.equal(modeOf(join(directory, 'state.json')), 0o644);
  t.equal(modeOf(directory), 0o755);
  t.strictSame(readdirSync(directory), ['state.json']);
});

t.test('modes as given; a directory that is there keeps its own', async (t) => {
  const directory = join(t.testdir(), 'private');
  const options = { mode: 0o600, directoryMode: 0o700 };
  const state = createStateFile(join(directory, 'state.json'), options);
  state.write(1);
  await state.settled();
  t.equal(modeOf(join(directory, 'state.json')), 0o600);
  t.equal(modeOf(directory), 0o700);
  const second = createStateFile(join(directory, 'state.json'));
  second.write(2);
  await second.settled();
  t.equal(modeOf(directory), 0o700);
});

t.test('of many documents the first and the newest are written', async (t) => {
  const directory = t.testdir();
  const path = join(directory, 'state.json');
  let renames = 0;
  const watcher = watch(directory, (event, name) => {
    if (event === 'rename' && name === 'state.json') renames += 1;
  });
  t.teardown(() => watcher.close());
  const state = createStateFile(path);
  await state.settled();
  for (let n = 1; n <= 1000; n += 1) state.write({ n });
  await state.settled();
  t.strictSame(read(path), { n: 1000 });
  t.ok(renames <= 2, `${renames} files for 1000 documents`);
});

t.test('a reader never sees half a document', async (t) => {
  const path = join(t.testdir(), 'state.json');
  const state = createStateFile(path);
  const document = (n: number) => ({ n, filling: 'x'.repeat(300_000), end: n });
  state.write(document(0));
  await state.settled();
  let reads = 0;
  let torn = 0;
  for (let n = 1; n <= 30; n += 1) {
    state.write(document(n));
    let settled = false;
    void state.settled().then(() => {
      settled = true;
    });
    while (!settled) {
      const seen = read(path) as { n: number; end: number };
      reads += 1;
      if (seen.n !== seen.end || seen.n > n) torn += 1;
      await setImmediate();
    }
  }
  t.ok(reads > 60, `${reads} reads while 30 documents were written`);
  t.equal(torn, 0);
});

t.test('clears what a crash left, and nothing else', async (t) => {
  const directory = t.testdir({
    '.state.json.4711.tmp': '{"half',
    '.state.json.backup.tmp': 'of the user',
    '.other.json.4711.tmp': 'of somebody else',
  });
  await createStateFile(join(directory, 'state.json')).settled();
  t.strictSame(readdirSync(directory), ['.other.json.4711.tmp', '.state.json.backup.tmp']);
});

t.test('a failure is reported once, and over with the next document', async (t) => {
  const directory = t.testdir({ 'state.json': {} });
  const path = join(directory, 'state.json');
  const health = watchHealth();
  const state = createStateFile(path, { onHealth: health.onHealth });
  for (const n of [1, 2]) {
    state.write({ n });
    await state.settled();
  }
  t.match(health.seen, [{ status: 'degraded', code: 'EISDIR' }]);
  t.equal(state.health().dropped, 2);
  t.strictSame(readdirSync(directory), ['state.json'], 'no temporary file stays');
  rmdirSync(path);
  state.write({ n: 3 });
  await state.settled();
  t.match(health.seen, [{}, { status: 'ok', code: '' }]);
  t.strictSame(read(path), { n: 3 });
});

t.test('a document that is no JSON is a failure like any other', async (t) => {
  const state = createStateFile(join(t.testdir(), 'state.json'));
  const circle: { self?: unknown } = {};
  circle.self = circle;
  state.write(circle);
  await state.settled();
  t.match(state.health(), { status: 'degraded', message: /circular/i });
});

t.test('a full disk harms nothing that is there', onSmallDisk, async (t) => {
  const disk = mountSmallDisk(t, '256k');
  const path = join(disk.path, 'state.json');
  const health = watchHealth();
  const state = createStateFile(path, { onHealth: health.onHealth });
  state.write({ n: 1 });
  await state.settled();
  disk.fill();
  state.write({ n: 2, filling: 'x'.repeat(20_000) });
  await state.settled();
  t.equal(health.seen.at(-1)?.code, 'ENOSPC');
  t.strictSame(read(path), { n: 1 });
  t.strictSame(readdirSync(disk.path).sort(), ['filler', 'state.json']);
  state.write({ n: 3 });
  await state.settled();
  t.strictSame(read(path), { n: 3 }, 'what fits into its own room is written');
  disk.free();
  state.write({ n: 4, filling: 'x'.repeat(20_000) });
  await state.settled();
  t.match(read(path), { n: 4 });
  t.equal(health.seen.at(-1)?.status, 'ok');
});

t.test('a read-only file system', onSmallDisk, async (t) => {
  const disk = mountSmallDisk(t, '256k');
  disk.readOnly(true);
  for (const path of ['state.json', 'new/state.json']) {
    const state = createStateFile(join(disk.path, path));
    state.write({});
    await state.settled();
    t.equal(state.health().code, 'EROFS');
  }
});

t.test('killed while writing, it leaves a whole document', async (t) => {
  const directory = t.testdir();
  const path = join(directory, 'state.json');
  const script = `
    import { createStateFile } from ${JSON.stringify(import.meta.resolve('../../../agent/tell/state-file.ts'))};
    const state = createStateFile(${JSON.stringify(path)});
    for (let n = 0; ; n += 1) {
      state.write({ n, filling: 'x'.repeat(200_000), end: n });
      await state.settled();
      if (n === 5) process.stdout.write('going');
    }`;
  const child = execFile(process.execPath, ['--input-type=module', '--eval', script]);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  const seen = read(path) as { n: number; end: number };
  t.ok(seen.n >= 5 && seen.n === seen.end);
  await createStateFile(path).settled();
  t.strictSame(readdirSync(directory), ['state.json']);
});
