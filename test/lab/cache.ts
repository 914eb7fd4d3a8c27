import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { mustExecute } from './command.ts';

/** What nobody has used for so long makes room, ms. Three days. */
const keptMs = 3 * 24 * 3600 * 1000;

export const cacheDirectory = (env: NodeJS.ProcessEnv = process.env): string =>
  env['HOLDFAST_LAB_CACHE'] ?? join(homedir(), '.cache', 'holdfast-lab');

/** A system's tree never leads out of its file system, whatever a build that was killed has left mounted in it. */
export const removeTree = async (path: string): Promise<void> => {
  await mustExecute('rm', ['-rf', '--one-file-system', path], { limitMs: 120_000 });
};

const keyOf = (inputs: unknown): string =>
  createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16);

const lives = (pid: number): boolean => existsSync(`/proc/${pid}`);

/** `NAME-KEY`, `NAME-KEY.building-PID` and `run-PID`. */
const isStale = (directory: string, name: string): boolean => {
  const owner = /(?:\.building|^run)-(\d+)$/.exec(name)?.[1];
  if (owner !== undefined) return !lives(Number(owner));
  return Date.now() - statSync(join(directory, name)).mtimeMs > keptMs;
};

/**
 * Artefacts that take long to make, each in a directory named by a hash of everything it is made from.
 * Two that make the same at the same time do no harm: the second throws its own away.
 */
export const createCache = (directory: string, say: (text: string) => void) => ({
  /** @returns the directory that `build` has filled, now or in an earlier run. */
  async artefact(
    name: string,
    inputs: unknown,
    build: (into: string) => Promise<void>,
  ): Promise<string> {
    const path = join(directory, `${name}-${keyOf(inputs)}`);
    if (!existsSync(path)) {
      const began = performance.now();
      say(`building ${name} …`);
      const building = `${path}.building-${process.pid}`;
      mkdirSync(building, { recursive: true, mode: 0o755 });
      await build(building);
      if (existsSync(path)) await removeTree(building);
      else renameSync(building, path);
      say(`built ${name} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    }
    const now = new Date();
    utimesSync(path, now, now);
    return path;
  },

  /** A directory of this run alone, emptied by the next one's `tidy` where this one cannot. */
  runDirectory(): string {
    const path = join(directory, `run-${process.pid}`);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  },

  /** Removes what killed runs left and what nobody uses any more. */
  async tidy(): Promise<void> {
    mkdirSync(directory, { recursive: true });
    for (const name of readdirSync(directory)) {
      if (isStale(directory, name)) await removeTree(join(directory, name));
    }
  },
});

export type Cache = ReturnType<typeof createCache>;
