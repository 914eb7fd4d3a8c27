import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../agent/explain/rules.ts';
import { causes } from '../agent/model/events/incident.ts';
import { readCatalogue } from './events/catalogue.ts';
import { eventsPage } from './events/page.ts';
import { keepCurrent } from './keep-current.ts';

/** Writes docs/EVENTS.md from agent/model/events/; with --check it only says whether the file is current. */

const ruleFolder = join(import.meta.dirname, '../agent/explain/rule');

/** A cause that no rule has in quotes is reserved. */
const unusedCauses = (): ReadonlySet<string> => {
  const sources = globSync(join(ruleFolder, '*.ts')).map((path) => readFileSync(path, 'utf8'));
  if (sources.length === 0) throw new Error(`there are no rules in ${ruleFolder}`);
  return new Set(causes.filter((cause) => !sources.some((text) => text.includes(`'${cause}'`))));
};

try {
  const text = eventsPage(readCatalogue(), rules, unusedCauses());
  keepCurrent(import.meta.filename, { 'docs/EVENTS.md': text });
} catch (error) {
  console.error(
    `docs/EVENTS.md cannot be written: ${error instanceof Error ? error.message : error}`,
  );
  process.exitCode = 1;
}
