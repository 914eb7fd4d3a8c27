import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { homePaths } from '../../../agent/paths.ts';
import { type Child, startChild } from '../../e2e/child.ts';
import type { Witness } from './ground.ts';
import { holdTracing } from './held-tracing.ts';
import { hasTracing } from './tracing.ts';

const main = join(import.meta.dirname, '../../../agent/witness/main.ts');

/**
 * Started before agent and link; null: it cannot be had here. As when it is a service, what the kernel records while it is
 * away waits for it.
 */
export const startWitness = (home: string): Witness | null => {
  if (!hasTracing()) return null;
  const { witnessSocket, witnessDir } = homePaths(home);
  for (const path of [dirname(witnessSocket), witnessDir]) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }
  const notes = join(witnessDir, 'notes.json');
  const tracing = holdTracing(notes);
  const args = ['--socket', witnessSocket, '--state', witnessDir, '--notes', notes];
  let wanted = true;
  const launch = (): Child => {
    const child = startChild(main, args, process.env, tracing.passed);
    // One that never worked would never work.
    const worked = child.ready.then(() => child.gone);
    const again = (): void => {
      if (!wanted || child !== current) return;
      console.error(`a witness ended, and is started again: ${child.said() || 'it said nothing'}`);
      current = launch();
    };
    worked.then(again, () => undefined);
    return child;
  };
  let current = launch();
  const ready = (): Promise<void> => current.ready;
  return {
    ready,
    start: () => {
      wanted = true;
      current = launch();
      return ready();
    },
    end: (signal) => {
      wanted = false;
      return current.kill(signal);
    },
    close: async () => {
      wanted = false;
      await current.kill('SIGTERM');
      tracing.release();
    },
  };
};
