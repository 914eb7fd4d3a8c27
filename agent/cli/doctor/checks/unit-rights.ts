import { polkitRule, polkitRuleFile } from '../../../model/polkit-rule.ts';
import { plural } from '../../../model/text/plural.ts';
import { printable } from '../../../model/text/printable.ts';
import { type Check, type Finding, findingsOf, type KnownEvidence } from '../check.ts';
import type { Machine } from '../machine.ts';
import type { Mend } from '../mend/mend.ts';

const { ok, warn, unknown } = findingsOf('unit-rights');

const mend: Mend = {
  steps: [{ does: 'run', program: 'holdfast', args: ['polkit', '--write'] }],
  ...{ needsRoot: true, foreign: 'polkit', undo: `rm ${polkitRuleFile}` },
};

/** A right to a unit that nobody has made yet waits for whoever makes it. */
const missingOf = ({ unitsMissing = [] }: KnownEvidence): Finding[] => {
  if (unitsMissing.length === 0) return [];
  const names = unitsMissing.map((unit) => printable(unit)).join(', ');
  const title = `${plural(unitsMissing.length, 'unit')} declared that systemd does not have`;
  const detail = `${names}: misspelt, another name of a unit, or not installed`;
  return [warn({ title, detail }, null)];
};

const rightsTo = (machine: Machine, units: readonly string[]): Finding => {
  const rule = machine.read(polkitRuleFile);
  if (rule === polkitRule(units)) {
    return ok({ title: 'the agent may control exactly the declared units', detail: '' });
  }
  if (rule === null && machine.uid !== 0) {
    const detail = `only root can look: sudo holdfast doctor --only unit-rights`;
    return unknown({ title: 'whether the agent may control the declared units', detail });
  }
  const title =
    rule === null
      ? 'the agent may not control the declared units'
      : 'the polkit rule names other units than the configuration';
  const detail = 'it can restart none that fails, and `holdfast start` is refused';
  return warn({ title, detail }, 'sudo holdfast polkit --write', mend);
};

/** Declared units can be watched by anybody; to start, stop or restart one the agent needs the rule that names it. */
export const unitRights: Check = (machine, _, evidence) => {
  const { units = [], unitsUnseen = null, embedded = true } = evidence ?? {};
  if (evidence === null || units.length === 0) return [];
  if (unitsUnseen !== null) {
    const detail = `${unitsUnseen}; units are watched where systemd runs`;
    return [warn({ title: 'systemd cannot be asked about the declared units', detail }, null)];
  }
  if (embedded) {
    const detail = 'under `holdfast up` units are watched; only root may control them';
    return [ok({ title: `${plural(units.length, 'unit')} declared`, detail })];
  }
  return [...missingOf(evidence), rightsTo(machine, units)];
};
