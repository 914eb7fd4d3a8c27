import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a witness that ends in order leaves to the next. One that was killed had read what it could not write down any more:
 * what nothing tells of may have been in that.
 */
export interface Farewell {
  /** Nothing before this was known, ms since the epoch. */
  since: number;
  /** ms since the epoch. */
  endedAt: number;
}

const fileIn = (directory: string): string => join(directory, 'ended-in-order');

/** Takes it away, as it stands for one end alone. Null: the last one did not end in order. */
export const takeFarewell = (directory: string): Farewell | null => {
  const path = fileIn(directory);
  try {
    const text = readFileSync(path, 'utf8');
    rmSync(path);
    // An older release left it empty.
    const [since = 0, endedAt = Date.now()] = text === '' ? [] : text.split(' ').map(Number);
    return Number.isFinite(since) && Number.isFinite(endedAt) ? { since, endedAt } : null;
  } catch {
    return null;
  }
};

/** @throws what the disk says */
export const leaveFarewell = (directory: string, { since, endedAt }: Farewell): void =>
  writeFileSync(fileIn(directory), `${since} ${endedAt}`);
