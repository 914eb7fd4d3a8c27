import type { Rule } from '../evidence.ts';
import { SIGSYS, signalName } from '../signals.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { targetOf, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';
import { crashOf } from '../written/crash.ts';
import { factLine } from '../written/of-kind.ts';

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
    return witnessedVerdict(one, {
      cause: 'program-crash',
      summary:
        code <= 0
          ? `${targetOf(one)} gave itself up with ${name}${withIt(one)}`
          : `${targetOf(one)} crashed with ${name}, ${how}${withIt(one)}`,
      actor: null,
      lines: written,
    });
  },
};
