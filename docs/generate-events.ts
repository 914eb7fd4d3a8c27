import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../agent/explain/rules.ts';
import { causes } from '../agent/model/events/incident.ts';
import { readCatalogue } from './events/catalogue.ts';
import { eventsPage } from './events/page.ts';

/** Writes docs/EVENTS.md from agent/model/events/; with --check it only says whether the file is current. */

const file = join(import.meta.dirname, 'EVENTS.md');

const ruleFolder = join(import.meta.dirname, '../agent/explain/rule');

/** A cause that no rule has in quotes is reserved. */
const unusedCauses = (): ReadonlySet<string> => {
  const sources = globSync(join(ruleFolder, '*.ts')).map((path) => readFileSync(path, 'utf8'));
  if (sources.length === 0) throw new Error(`there are no rules in ${ruleFolder}`);
  return new Set(causes.filter((cause) => !sources.some((text) => text.includes(`'${cause}'`))));
};

const isCurrent = (text: string): boolean => {
  try {
    return readFileSync(file, 'utf8') === text;
  } catch {
    return false;
  }
};

try {
  const text = eventsPage(readCatalogue(), rules, unusedCauses());
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!isCurrent(text)) {
    console.error('docs/EVENTS.md is not current; run: bin/node docs/generate-events.ts');
    process.exitCode = 1;
  }
} catch (error) {
  console.error(
    `docs/EVENTS.md cannot be written: ${error instanceof Error ? error.message : error}`,
  );
  process.exitCode = 1;
}
