import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertsPage } from './alerts/page.ts';

/** Writes docs/ALERTS.md; with --check it only says whether it is current. */

const file = join(import.meta.dirname, 'ALERTS.md');
const text = alertsPage();

const isCurrent = (): boolean => {
  try {
    return readFileSync(file, 'utf8') === text;
  } catch {
    return false;
  }
};

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (!isCurrent()) {
  console.error('docs/ALERTS.md is not current; run: bin/node docs/generate-alerts.ts');
  process.exitCode = 1;
}
