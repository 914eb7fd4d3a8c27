import { fromKernel } from '../../model/witnessed.ts';
import { processName, shortened } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { countedLine, countedText } from '../session-ooms.ts';
import { systemUnits, unitOf } from '../unit.ts';
import { memoryCause } from '../witnessed/cause-of.ts';
import { memoryBehind } from '../witnessed/memory.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';
import { factLine } from '../written/facts.ts';
import { limitText } from '../written/memory.ts';
import { unitOomOf } from '../written/unit-memory.ts';

export const outOfMemory: Rule = {
  name: 'out-of-memory',
  sentence:
    'The kernel chose a process for want of memory and ended it, and what ended with it or had its unit stopped for it.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (one?.first.nature !== 'memory') return null;
    const { told, first } = one;
    const { cause, isCounted, report } = memoryCause(first, evidence);
    const oom = memoryBehind(first.signal, told);
    const isStop = first.signal.code !== fromKernel;
    const units = systemUnits(first.signal.victim.cgroup);
    const word = isStop ? unitOomOf(evidence, units, first.signal.at) : null;
    const [count] = evidence.ooms ?? [];
    const counted = count ? `, ${countedText(count)}` : '';
    // A limit of ours has a name that people can look up.
    const why = report && count?.whose !== 'session' ? `: ${limitText(report)}` : counted;
    const chosen = oom ? processName(oom.victim) : 'a process';
    const unit = shortened(unitOf(first.signal.victim.cgroup) ?? '', 40);
    const how = isStop
      ? `out of memory: the kernel killed ${chosen}, and ${unit} was stopped for it, with ${whatEnded(one)}`
      : `out of memory: the kernel killed ${whatEnded(one)}`;
    return witnessedVerdict(one, {
      cause,
      summary: `${how}${why}${withIt(one)}`,
      confidence: isCounted && (!isStop || word) ? 'certain' : 'likely',
      actor: null,
      lines: [
        ...[report, word].flatMap((fact) => (fact ? [factLine(fact)] : [])),
        ...(evidence.ooms ?? []).slice(0, 20).map(countedLine),
      ],
      missing: isCounted
        ? []
        : ['whose limit was reached: no count of its cgroup tells that from the whole machine'],
    });
  },
};
