import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import t from 'tap';
import type { StorePaths } from '../../../../agent/store/messages.ts';
import { sampleHistory } from '../sample-history.ts';
import { openFor, pathsIn, range, readAll, seqs, temporaryDir } from '../temporary-log.ts';

const kills = 30;

/** As it runs in production: a bundle for the program and one for the store's thread beside it. */
const bundle = async (outdir: string): Promise<string> => {
  const options = { bundle: true, platform: 'node', logLevel: 'silent' } as const;
  await build({
    ...options,
    entryPoints: ['test/agent/store/disk/appending-child.ts'],
    outdir,
    format: 'esm',
  });
  await build({
    ...options,
    entryPoints: ['agent/store/disk/thread.ts'],
    outfile: join(outdir, 'store-thread.cjs'),
    format: 'cjs',
  });
  await writeFile(join(outdir, 'package.json'), '{"type":"module"}');
  return join(outdir, 'appending-child.js');
};

const start = (program: string, { eventsDb, blobsDir }: StorePaths): ChildProcess =>
  spawn(process.execPath, [program, eventsDb, blobsDir], { stdio: ['ignore', 'pipe', 'inherit'] });

/** Kills the child with SIGKILL in the midst of its work; the last `seq` it said was stored. */
const killAfter = async (child: ChildProcess, commits: number): Promise<number> => {
  if (!child.stdout) throw new Error('no stdout');
  let seen = 0;
  let stored = 0;
  for await (const line of createInterface(child.stdout)) {
    stored = Number(line);
    seen += 1;
    if (seen === commits) child.kill('SIGKILL');
  }
  return stored;
};

t.setTimeout(600_000);

t.test(
  `kill -9, ${kills} times: what was said to be stored is there, once and in order`,
  async (t) => {
    const paths = pathsIn(await temporaryDir(t));
    const program = await bundle(await temporaryDir(t));
    let before = 0;
    for (let i = 0; i < kills; i += 1) {
      const child = start(program, paths);
      const ended = once(child, 'exit');
      const stored = await killAfter(child, 1 + Math.floor(Math.random() * 60));
      t.strictSame(await ended, [null, 'SIGKILL']);

      const { log, opening } = await openFor(t, paths);
      const events = await readAll(log);
      await log.close();
      t.equal(opening.quarantined, null);
      t.ok(stored > before, `it got on: from ${before} to ${stored}`);
      t.ok(opening.head >= stored, `${opening.head} found, ${stored} said`);
      t.strictSame(seqs(events), range(1, opening.head));
      t.ok(opening.state.seq <= opening.head);
      t.equal(opening.state.seq, Math.floor(opening.state.seq / 500) * 500);
      before = opening.head;
    }
    const { log } = await openFor(t, paths);
    t.strictSame(await readAll(log), [...sampleHistory(before)], 'and each is what it was');
  },
);
