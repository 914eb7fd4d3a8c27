import type { Cause } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { isScarce } from '../memory-kills.ts';
import { SIGTERM } from '../signals.ts';
import { isLogin, systemUnit } from '../unit.ts';
import { isManagerOf } from '../unit-manager.ts';
import type { FactOf } from '../written/facts.ts';
import { reportOf } from '../written/memory.ts';
import type { Finding } from './finding.ts';
import { memoryBehind } from './memory.ts';
import type { Nature } from './nature.ts';
import { oomdBehind } from './oomd-behind.ts';
import { tellerOf } from './teller.ts';
import { isTold } from './told.ts';
import { stopsUnitOf } from './unit-stop.ts';

/** Whose memory ran out. */
interface MemoryCause {
  cause: Cause;
  /** Whether it is known, and not concluded from how much the machine had left. */
  isCounted: boolean;
  /** The kernel's own report of the kill. */
  report: FactOf<'oom-kill'> | null;
}

/** The kernel's report of the kill behind a signal. */
const reportBehind = ({ signal }: Finding, evidence: Evidence): FactOf<'oom-kill'> | null => {
  const oom = isTold(evidence) ? memoryBehind(signal, evidence) : null;
  return oom ? reportOf(evidence, oom.victim, oom.at) : null;
};

/** As the kernel reports it; or as the cgroups count it; or else by what the machine had left when last measured. */
export const memoryCause = (finding: Finding, evidence: Evidence): MemoryCause => {
  const { ooms = [], deaths } = evidence;
  const { death } = finding;
  const report = reportBehind(finding, evidence);
  if (report?.ranOut) {
    const cause = report.ranOut === 'cgroup' ? 'oom-cgroup' : 'oom-system';
    return { cause, isCounted: true, report };
  }
  const counted = ooms.find(({ session }) => session === death?.session);
  if (counted && counted.whose !== 'unknown') {
    const cause = counted.whose === 'machine' ? 'oom-system' : 'oom-cgroup';
    return { cause, isCounted: true, report };
  }
  const measured = death ?? deaths[0];
  const cause = measured && isScarce(measured) ? 'oom-system' : 'oom-cgroup';
  return { cause, isCounted: false, report };
};

const stopCause = ({ signal: { sender, victim } }: Finding): Cause =>
  isManagerOf(sender, victim) && isLogin(systemUnit(victim.cgroup) ?? '') ? 'logout' : 'unit-stop';

const causes: Readonly<Record<Exclude<Nature, 'memory' | 'unit-stop' | 'self'>, Cause>> = {
  sent: 'signal',
  parent: 'signal',
  limit: 'rlimit',
  crash: 'program-crash',
  typed: 'signal',
  removed: 'tmux-command',
  kernel: 'signal',
};

/** Whether the client that told the server to end was run to stop the unit of that server. */
const isOrderOfUnit = (finding: Finding, evidence: Evidence): boolean => {
  if (!isTold(evidence)) return false;
  const { client } = tellerOf(finding, evidence);
  return client !== null && stopsUnitOf(client, finding.signal, evidence);
};

/** The stable name of what the kernel told. A server that sends itself SIGTERM was told to end. */
export const causeOf = (finding: Finding, evidence: Evidence): Cause => {
  const { nature, death, signal } = finding;
  if (oomdBehind(finding, evidence)) return 'oomd';
  if (nature === 'memory') return memoryCause(finding, evidence).cause;
  if (nature === 'unit-stop') return stopCause(finding);
  if (nature !== 'self') return causes[nature];
  if (death !== null || signal.signal !== SIGTERM) return 'signal';
  return isOrderOfUnit(finding, evidence) ? 'unit-stop' : 'tmux-command';
};
