import { chmodSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Failure, messageOf } from '../../model/failure.ts';
import { polkitRule, polkitRuleFile } from '../../model/polkit-rule.ts';
import { textOf } from '../../os/text-of.ts';
import type { Context } from '../command.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';
import { readConfig } from '../frame/read-config.ts';

type Outcome = 'written' | 'removed' | 'unchanged';

/** polkit runs as a user of its own, and may read it whatever the umask of root is. */
const mode = 0o644;

const isReadable = (file: string): boolean =>
  ((statSync(file, { throwIfNoEntry: false })?.mode ?? mode) & 0o777) === mode;

/** polkit reads it as soon as it is there: it comes whole. @param text null: there is to be none */
const install = (file: string, text: string | null): Outcome => {
  if (textOf(file) === text && isReadable(file)) return 'unchanged';
  try {
    if (text === null) rmSync(file);
    else {
      writeFileSync(`${file}.new`, text, { mode });
      chmodSync(`${file}.new`, mode);
      renameSync(`${file}.new`, file);
    }
  } catch (cause) {
    throw new Failure('rule-unwritten', `${file}: ${messageOf(cause)}`, { cause });
  }
  return text === null ? 'removed' : 'written';
};

/**
 * Prints the rule for the declared units, or puts it where polkit reads it.
 * @throws ConfigFailure; Failure `rule-unwritten`
 */
export const polkit = async (
  { paths, stdout, json }: Context,
  { write }: { write: boolean },
  file = polkitRuleFile,
): Promise<number> => {
  const { config } = await readConfig(paths);
  const units = Object.values(config.units ?? {}).map(({ unit }) => unit);
  const rule = polkitRule(units);
  const outcome = write ? install(file, units.length === 0 ? null : rule) : null;
  if (json) printJson(stdout, { file, units, rule, outcome });
  else if (outcome !== null) stdout.line(`${outcome}  ${file}`);
  else for (const line of rule.trimEnd().split('\n')) stdout.line(line);
  return exitCode.ok;
};
