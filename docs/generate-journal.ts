import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogText } from './journal/catalog.ts';
import { journalPage } from './journal/page.ts';

/** Writes docs/JOURNAL.md and systemd/holdfast.catalog; with --check it only says whether they are current. */

const root = join(import.meta.dirname, '..');

const files = { 'docs/JOURNAL.md': journalPage(), 'systemd/holdfast.catalog': catalogText() };

const isCurrent = (name: string, text: string): boolean => {
  try {
    return readFileSync(join(root, name), 'utf8') === text;
  } catch {
    return false;
  }
};

for (const [name, text] of Object.entries(files)) {
  if (!process.argv.includes('--check')) writeFileSync(join(root, name), text);
  else if (!isCurrent(name, text)) {
    console.error(`${name} is not current; run: bin/node docs/generate-journal.ts`);
    process.exitCode = 1;
  }
}
