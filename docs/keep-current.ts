import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { textOf } from '../agent/os/text-of.ts';

const root = join(import.meta.dirname, '..');

/**
 * Writes what a generator makes; with --check it only says what of it is not current.
 * @param texts by their paths in the repository
 */
export const keepCurrent = (generator: string, texts: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(texts)) {
    const file = join(root, path);
    if (!process.argv.includes('--check')) writeFileSync(file, text);
    else if (textOf(file) !== text) {
      console.error(`${path} is not current; run: bin/node docs/${basename(generator)}`);
      process.exitCode = 1;
    }
  }
};
