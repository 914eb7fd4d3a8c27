import { dirname } from 'node:path';
import { plural } from '../../model/text/plural.ts';
import { printable } from '../../model/text/printable.ts';
import type { Context } from '../command.ts';
import type { Finding } from '../doctor/check.ts';
import { checks } from '../doctor/checks.ts';
import { machineAt } from '../doctor/machine.ts';
import { askPerson } from '../doctor/mend/ask.ts';
import { carryOut } from '../doctor/mend/carry-out.ts';
import { stepText } from '../doctor/mend/mend.ts';
import { type Mended, mendAll } from '../doctor/mend/mend-all.ts';
import { mendLines, outcomeLines } from '../doctor/mend/words.ts';
import { knownToAgent } from '../doctor/servers.ts';
import { exitCode } from '../frame/exit.ts';
import { usageFailure } from '../frame/parse.ts';
import { printJson } from '../frame/print-json.ts';
import type { Terminal } from '../frame/terminal.ts';
import { pad } from '../view/width.ts';

const uid = process.getuid?.() ?? 0;

const styles = { ok: 'green', warn: 'yellow', unknown: 'dim' } as const;
const statusColumns = 9;

const printFinding = (terminal: Terminal, { status, title, detail, fix }: Finding): void => {
  const indent = ' '.repeat(statusColumns);
  terminal.line(`${terminal.paint(styles[status], pad(status, statusColumns))}${printable(title)}`);
  if (detail !== '') terminal.line(`${indent}${terminal.paint('dim', printable(detail))}`);
  if (fix !== null) terminal.line(`${indent}${terminal.paint('bold', printable(fix))}`);
};

const print = (terminal: Terminal, findings: readonly Finding[], all: boolean): void => {
  const count = (status: Finding['status']): number =>
    findings.filter((finding) => finding.status === status).length;
  for (const finding of findings) {
    if (all || finding.status !== 'ok') printFinding(terminal, finding);
  }
  const unknown = count('unknown');
  const rest = unknown === 0 ? '' : `, ${unknown} not known`;
  terminal.line(`${plural(count('warn'), 'warning')}, ${count('ok')} in order${rest}`);
};

const look = async (context: Context, only: readonly string[]): Promise<Finding[]> => {
  const machine = machineAt('/', { uid, stateDir: dirname(context.paths.stateFile) });
  const { servers, evidence } = await knownToAgent(context, machine);
  const all = await Promise.all(checks.map((check) => check(machine, servers, evidence)));
  return all.flat().filter(({ id }) => only.length === 0 || only.includes(id));
};

/** In JSON the steps are words. */
const plain = (findings: readonly Finding[]) =>
  findings.map(({ mend, ...finding }) => ({ ...finding, mend: mend?.steps.map(stepText) ?? null }));

const fixing = async (context: Context, values: DoctorValues, found: Finding[]) => {
  const { stdout, json } = context;
  const ask = values['dry-run']
    ? null
    : values.yes
      ? async () => true
      : askPerson(process.stdin, stdout);
  const mended = await mendAll(found, {
    ...{ uid, ask, carryOut },
    say: (finding, mend) => {
      if (!json) for (const line of mendLines(finding, mend, uid)) stdout.line(line);
    },
  });
  if (!json) for (const line of outcomeLines(mended)) stdout.line(line);
  return mended;
};

export interface DoctorValues {
  all: boolean;
  fix: boolean;
  yes: boolean;
  'dry-run': boolean;
  only: string[];
}

/** @throws Failure `usage` */
const checkValues = ({ fix, yes, 'dry-run': dryRun }: DoctorValues, canAsk: boolean): void => {
  if (!fix && (yes || dryRun)) throw usageFailure('--yes and --dry-run go with --fix');
  if (yes && dryRun) throw usageFailure('--yes and --dry-run exclude each other');
  if (fix && !yes && !dryRun && !canAsk) {
    throw usageFailure(
      '--fix asks before it changes anything, and nobody can be asked here: add --yes or --dry-run',
    );
  }
};

export const doctor = async (context: Context, values: DoctorValues): Promise<number> => {
  const { stdout, json } = context;
  checkValues(values, process.stdin.isTTY === true && stdout.isTerminal && !json);
  let findings = await look(context, values.only);
  let mended: Mended[] | null = null;
  if (values.fix) {
    mended = await fixing(context, values, findings);
    // What was mended is in order, or the mending was none: a look says which.
    if (mended.some(({ outcome }) => outcome === 'done'))
      findings = await look(context, values.only);
  }
  if (json) printJson(stdout, { checks: plain(findings), ...(mended && { mended }) });
  else print(stdout, findings, values.all);
  return findings.some(({ status }) => status === 'warn') ? exitCode.failed : exitCode.ok;
};
