import { mkdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Test } from 'tap';

const lock = join(tmpdir(), `hfe-kernel-turn-${process.ppid}`);

/** One that was killed may have left it behind. ms */
const limitMs = 120_000;

const isTaken = (): boolean => {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
};

/**
 * The kernel records the signals of the whole machine: a flood in one file of tests pushes out what another one waits for, and
 * the witness says that it was lost. Resolves when no other such file of this run is at work, or has been for too long.
 */
export const kernelTurn = async (t: Pick<Test, 'teardown'>): Promise<void> => {
  const deadline = Date.now() + limitMs;
  while (!isTaken()) {
    if (Date.now() > deadline) return;
    await wait(100);
  }
  t.teardown(() => rmdirSync(lock));
};
