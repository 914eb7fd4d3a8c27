import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { homePaths } from '../../../agent/paths.ts';
import { type Child, startChild } from '../../e2e/child.ts';
import { hasTracing } from './needs.ts';

const main = join(import.meta.dirname, '../../../agent/witness/main.ts');

/**
 * The witness beside agent and link of one home, started before them; null: it cannot be had here. Its
 * arguments have their place here and nowhere else.
 */
export const startWitness = (home: string): Child | null => {
  if (!existsSync(main) || !hasTracing()) return null;
  const { witnessSocket, witnessDir } = homePaths(home);
  for (const path of [dirname(witnessSocket), witnessDir]) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }
  return startChild(main, ['--socket', witnessSocket, '--state', witnessDir], process.env);
};
