import { dirname } from 'node:path';
import { plural } from '../../model/plural.ts';
import { printable } from '../../model/printable.ts';
import type { Context } from '../command.ts';
import type { Finding } from '../doctor/check.ts';
import { checks } from '../doctor/checks.ts';
import { machineAt } from '../doctor/machine.ts';
import { knownToAgent } from '../doctor/servers.ts';
import { exitCode } from '../frame/exit.ts';
import { printJson } from '../frame/print-json.ts';
import type { Terminal } from '../frame/terminal.ts';
import { pad } from '../view/width.ts';

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

export const doctor = async (context: Context, all: boolean): Promise<number> => {
  const machine = machineAt('/', {
    uid: process.getuid?.() ?? 0,
    stateDir: dirname(context.paths.stateFile),
  });
  const { servers, evidence } = await knownToAgent(context, machine);
  const findings = (
    await Promise.all(checks.map((check) => check(machine, servers, evidence)))
  ).flat();
  if (context.json) printJson(context.stdout, { checks: findings });
  else print(context.stdout, findings, all);
  return findings.some(({ status }) => status === 'warn') ? exitCode.failed : exitCode.ok;
};
