import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { killLeftovers } from '../../e2e/leftovers.ts';

/** The path of a socket for one test; whatever was started on it is gone after the test. */
export const temporarySocket = (t: Test): string => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-'));
  t.teardown(() => {
    killLeftovers(directory);
    rmSync(directory, { recursive: true, force: true });
  });
  return join(directory, 'tmux.sock');
};
