import type { EvidenceLine } from '../../model/events/incident.ts';
import type { WitnessedSignal } from '../../model/witnessed.ts';
import type { Evidence } from '../evidence.ts';
import { SIGKILL } from '../signals.ts';
import { systemUnits } from '../unit.ts';
import { type FactOf, factLine } from '../written/facts.ts';
import { oomdKillOf } from '../written/oomd.ts';
import { unitOomOf } from '../written/unit-memory.ts';
import type { Finding } from './finding.ts';

/** What shows that systemd-oomd was behind a signal. */
export interface OomdTrail {
  /** Its own word; null: only the sender shows it. */
  kill: FactOf<'oomd-kill'> | null;
  lines: EvidenceLine[];
}

/** The name is a contract: systemd asks its own service, and only the first systemd runs services of its own. */
const isFromOomd = ({ sender }: WitnessedSignal): boolean =>
  systemUnits(sender.cgroup).at(-1) === 'systemd-oomd.service';

/** A unit that lost processes to systemd-oomd is stopped for it. */
const stoppedFor = ({ nature, signal }: Finding, evidence: Evidence): OomdTrail | null => {
  const units = systemUnits(signal.victim.cgroup);
  const fact = nature === 'unit-stop' ? unitOomOf(evidence, units, signal.at) : null;
  return fact?.by === 'oomd' ? { kill: null, lines: [factLine(fact)] } : null;
};

/** Whether systemd-oomd brought it about: it kills a whole cgroup by SIGKILL, and says so. */
export const oomdBehind = (finding: Finding, evidence: Evidence): OomdTrail | null => {
  const { signal, nature } = finding;
  if (nature !== 'sent' || signal.signal !== SIGKILL) return stoppedFor(finding, evidence);
  const kill = oomdKillOf(evidence, signal.victim.cgroup, signal.at);
  // Where its sender was seen somebody else did it, whatever was written.
  const mayBe = isFromOomd(signal) || (kill !== null && signal.sender.cgroup === null);
  return mayBe ? { kill, lines: kill ? [factLine(kill)] : [] } : null;
};
