import type { Verdict } from '../../model/events/incident.ts';
import type { SeenProcess } from '../../model/witnessed.ts';
import type { Rule } from '../evidence.ts';
import { stopReason } from '../facts/stop-reason.ts';
import type { StopReason } from '../facts/stop-shapes.ts';
import { shortened } from '../naming.ts';
import { signalName } from '../signals.ts';
import { tellerOf } from '../trace/client.ts';
import { type OneCause, oneCause } from '../trace/one-cause.ts';
import { targetOf, tracedVerdict, withIt } from '../trace/traced-verdict.ts';
import { managesUnits, systemUnits, unitOf } from '../unit.ts';
import { causeOf } from './cause-of.ts';

/** What the manager did itself, or ran to have it done. */
const deedOf = (one: OneCause, doer: SeenProcess | null): string => {
  const { signal, victim } = one.first.signal;
  const unit = shortened(unitOf(victim.cgroup) ?? '', 60);
  const target = targetOf(one);
  if (one.first.nature === 'self') {
    return `tmux was told to end its server by the manager of ${unit}${doer ? ` (pid ${doer.pid})` : ''}`;
  }
  const isManager = doer !== null && managesUnits(doer);
  return `${signalName(signal)} to ${target} from ${isManager ? '' : 'what stops the unit, run by '}the manager of ${unit}`;
};

const judged = (one: OneCause, reason: StopReason | null): Verdict => {
  const { told, first } = one;
  const cause = reason?.cause ?? causeOf(first, told);
  const why = reason?.text ?? (cause === 'logout' ? 'the login ended' : 'the unit was stopped');
  const doer = first.nature === 'self' ? tellerOf(first, told).client : first.signal.sender;
  return tracedVerdict(one, {
    cause,
    summary: `${deedOf(one, doer)}: ${why}${withIt(one)}`,
    confidence: reason?.isCertain ? 'certain' : 'likely',
    actor: doer,
    behind: reason?.actor ?? null,
    lines: reason?.lines ?? [],
    missing: reason?.missing ?? [
      'who or what asked for that: the kernel tells only who sent the signal',
    ],
  });
};

export const unitStopped: Rule = {
  name: 'unit-stopped',
  sentence:
    'The manager of its unit sent the signal, or what that runs to stop the unit: the first process, or that of the units of a user. What was written down says who asked. Of a login it is a logout.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (!one) return null;
    const { first } = one;
    if (first.nature !== 'unit-stop' && causeOf(first, evidence) !== 'unit-stop') return null;
    const { victim, at, signal } = first.signal;
    const stop = {
      units: systemUnits(victim.cgroup),
      at,
      signal: { pid: victim.pid, number: signal },
    };
    return judged(one, stopReason(evidence, stop));
  },
};
