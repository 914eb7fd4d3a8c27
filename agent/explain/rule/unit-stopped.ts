import type { Verdict } from '../../model/events/incident.ts';
import type { SeenProcess } from '../../model/witnessed.ts';
import { shortened } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { SIGKILL, signalName } from '../signals.ts';
import { stopReason } from '../stop/stop-reason.ts';
import type { Stop, StopReason } from '../stop/stop-shapes.ts';
import { systemUnit, systemUnits, unitOf } from '../unit.ts';
import { isManagerOf } from '../unit-manager.ts';
import { causeOf } from '../witnessed/cause-of.ts';
import { type OneCause, oneCause } from '../witnessed/one-cause.ts';
import { tellerOf } from '../witnessed/teller.ts';
import { isStopKnown } from '../witnessed/unit-stop.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';

/** Who stopped it: the manager itself, or what that ran. */
const doerOf = ({ first, told }: OneCause): SeenProcess | null =>
  first.nature === 'self' ? tellerOf(first, told).client : first.signal.sender;

/** Of the first process it is the unit of that one that it stops, and not one of a user in there. */
const unitStoppedBy = (doer: SeenProcess | null, { cgroup }: SeenProcess): string => {
  const isOfUser = doer !== null && doer.pid !== 1 && isManagerOf(doer, { cgroup });
  return shortened((isOfUser ? unitOf(cgroup) : systemUnit(cgroup)) ?? '', 60);
};

/** What the manager did itself, or ran to have it done. */
const deedOf = (one: OneCause, doer: SeenProcess | null): string => {
  const { signal, victim } = one.first.signal;
  const unit = unitStoppedBy(doer, victim);
  const target = whatEnded(one);
  if (one.first.nature === 'self') {
    return `tmux was told to end its server by the manager of ${unit}${doer ? ` (pid ${doer.pid})` : ''}`;
  }
  const isManager = doer !== null && isManagerOf(doer, victim);
  return `${signalName(signal)} to ${target} from ${isManager ? '' : 'what stops the unit, run by '}the manager of ${unit}`;
};

/** What is not the manager itself is only by a job known to stop the unit: others may look like it. */
const isSure = ({ first, told }: OneCause, { isByManager }: Stop): boolean =>
  isByManager || isStopKnown(told, first.signal);

/** A stop begins with another signal than SIGKILL (KillSignal=); `systemctl kill` may begin with any. */
const confidenceOf = (
  one: OneCause,
  stop: Stop,
  reason: StopReason | null,
): Verdict['confidence'] => {
  if (reason?.isCertain && isSure(one, stop)) return 'certain';
  return reason === null && one.first.signal.signal === SIGKILL ? 'possible' : 'likely';
};

const judged = (one: OneCause, stop: Stop, reason: StopReason | null): Verdict => {
  const { told, first } = one;
  const cause = reason?.cause ?? causeOf(first, told);
  const why = reason?.text ?? (cause === 'logout' ? 'the login ended' : 'the unit was stopped');
  const doer = doerOf(one);
  return witnessedVerdict(one, {
    cause,
    summary: `${deedOf(one, doer)}: ${why}${withIt(one)}`,
    confidence: confidenceOf(one, stop, reason),
    actor: doer,
    behind: reason?.actor ?? null,
    lines: reason?.lines ?? [],
    missing: reason?.missing ?? [
      'who or what asked for that: the kernel tells only who sent the signal',
    ],
  });
};

/** Of whichever unit a process was in; what systemd says of a declared one is `unitTold`. */
export const unitStopped: Rule = {
  name: 'unit-stopped',
  sentence:
    'The manager of its unit sent the signal, or what that runs to stop the unit: the first process, or that of the units of a user. Who asked is told by a command that the kernel saw begin, or by what was written down. Of a login it is a logout.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (!one) return null;
    const { first } = one;
    if (first.nature !== 'unit-stop' && causeOf(first, evidence) !== 'unit-stop') return null;
    const { victim, at, signal } = first.signal;
    const doer = doerOf(one);
    const stop: Stop = {
      units: systemUnits(victim.cgroup),
      at,
      isByManager: doer !== null && isManagerOf(doer, victim),
      signal: { pid: victim.pid, number: signal },
    };
    return judged(one, stop, stopReason(evidence, stop));
  },
};
