import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { libraryFiles } from '../../bin/bundling/library.ts';
import { mainFile } from '../agent/cli/run-cli.ts';

const root = join(import.meta.dirname, '../..');

/** A directory of a bot where the library is installed, and `holdfast` is a command. */
export const botDirectory = async (t: Test): Promise<string> => {
  const place = mkdtempSync(join(tmpdir(), 'hf-guide-'));
  t.teardown(() => rmSync(place, { recursive: true, force: true }));
  mkdirSync(join(place, 'node_modules/holdfast'), { recursive: true });
  for (const [name, text] of await libraryFiles(root)) {
    writeFileSync(join(place, 'node_modules/holdfast', name), text);
  }
  for (const name of ['grammy', 'whatsapp-web.js']) {
    symlinkSync(join(root, 'node_modules', name), join(place, 'node_modules', name));
  }
  const command = `#!/bin/sh\nexec '${process.execPath}' '${mainFile}' "$@"\n`;
  writeFileSync(join(place, 'holdfast'), command, { mode: 0o755 });
  return place;
};
