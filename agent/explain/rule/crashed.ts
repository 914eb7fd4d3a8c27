import type { Rule } from '../rule.ts';
import { SIGSYS, signalName } from '../signals.ts';
import { gapsIn } from '../witnessed/gaps.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';
import { crashOf } from '../written/crash.ts';
import { factLine } from '../written/facts.ts';

export const crashed: Rule = {
  name: 'crashed',
  sentence:
    'The kernel sent the signal for a fault of the program itself, or the program gave itself up.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (one?.first.nature !== 'crash') return null;
    const { signal, code, at, victim } = one.first.signal;
    const crash = crashOf(evidence, { pid: victim.pid, signal }, { from: at, until: at });
    const written = [crash?.fault, crash?.dump].flatMap((fact) => (fact ? [factLine(fact)] : []));
    const name = signalName(signal);
    const how = signal === SIGSYS ? 'a system call that it may not use' : 'a fault of its own';
    const isRaised = code <= 0;
    return witnessedVerdict(one, {
      cause: 'program-crash',
      summary: isRaised
        ? `${whatEnded(one)} gave itself up with ${name}${withIt(one)}`
        : `${whatEnded(one)} crashed with ${name}, ${how}${withIt(one)}`,
      // Who sent it first may be among what is missing.
      confidence: isRaised && gapsIn(evidence).length > 0 ? 'likely' : 'certain',
      actor: null,
      lines: written,
    });
  },
};
