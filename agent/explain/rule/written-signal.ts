import { inOrder } from '../evidence-lines.ts';
import type { Rule } from '../rule.ts';
import { endingOf } from '../witnessed/ending.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { writtenSignals } from '../witnessed/written-signals.ts';
import { factLine } from '../written/facts.ts';
import { signalHeeded } from './signal-heeded.ts';
import { signalSent } from './signal-sent.ts';
import { toldTmux } from './told-tmux.ts';
import { unitStopped } from './unit-stopped.ts';

/** What says who sent a signal says the same whoever wrote it down. */
const readers: readonly Rule[] = [unitStopped, signalSent, signalHeeded, toldTmux];

/** Sources of lines that only a witness has. */
const witnessed = new Set(['kernel', 'procfs']);

export const writtenSignal: Rule = {
  name: 'written-signal',
  sentence:
    "Nothing was witnessed, but the kernel's audit or systemd wrote down a signal to the program or the server that ended it.",
  judge: (evidence) => {
    if (endingOf(evidence)) return null;
    const written = writtenSignals(evidence);
    const one = written && oneCause(written.told);
    if (!written || !one) return null;
    const reached = readers.map(({ judge }) => judge(written.told)).find((verdict) => verdict);
    if (!reached) return null;
    const facts = one.findings.flatMap(({ signal }) => written.factOf(signal) ?? []);
    const rest = reached.evidence.filter(({ source }) => !witnessed.has(source));
    return { ...reached, evidence: inOrder([...facts.map(factLine), ...rest]) };
  },
};
