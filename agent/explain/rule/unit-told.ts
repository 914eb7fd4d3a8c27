import type { DeathRecord } from '../../model/events/death.ts';
import type { Verdict } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { inOrder } from '../evidence-lines.ts';
import { exitLines } from '../exits.ts';
import { isScarce } from '../memory-kills.ts';
import { sessionsOf } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { namedSignal } from '../signals.ts';
import { whyUnitEnded } from '../unit-end.ts';
import { untoldOf } from '../witnessed/gaps.ts';
import { verdict } from '../wording.ts';
import { factLine, factsOf } from '../written/facts.ts';
import { unitMemory } from '../written/unit-memory.ts';

/** `Result=` of what systemd ended itself. What its program did says the program's end better. */
const ofManager = new Set(['watchdog', 'timeout', 'protocol', 'resources', 'exec-condition']);

const partsOf = (evidence: Evidence) => {
  const signal = evidence.deaths[0]?.exit?.signal ?? null;
  const named = new Set(evidence.deaths.map(({ unit }) => unit?.name));
  const results = factsOf(evidence, 'unit-result').filter(({ unit }) => named.has(unit));
  return {
    signal: signal === null ? null : namedSignal(signal),
    exitStatus: evidence.deaths[0]?.exit?.status ?? null,
    evidence: inOrder([...results.slice(0, 5).map(factLine), ...exitLines(evidence)]),
  };
};

const ofMemory = (evidence: Evidence, death: DeathRecord, name: string): Verdict => {
  const known = unitMemory(evidence, [name], death.found);
  const { evidence: lines, ...parts } = partsOf(evidence);
  const written = known ? [known.word, ...(known.report ? [known.report] : [])] : [];
  return verdict({
    ...parts,
    cause: known?.cause ?? (isScarce(death) ? 'oom-system' : 'oom-cgroup'),
    confidence: known?.report || known?.cause === 'oomd' ? 'certain' : 'likely',
    summary: `${sessionsOf(evidence.deaths)} ended: a process of it was killed for want of memory${known?.text ?? ''}`,
    evidence: inOrder([...written.map(factLine), ...lines]),
    missing: known?.report
      ? []
      : [untoldOf(evidence, 'whose limit was reached, and which process was killed')],
  });
};

export const unitTold: Rule = {
  name: 'unit-told',
  sentence:
    'Nothing was witnessed, but systemd says what the unit ended for: want of memory, or a limit of time that it keeps itself.',
  judge: (evidence) => {
    const [death] = evidence.deaths;
    const { name, result = '' } = death?.unit ?? {};
    if (!death || name === undefined) return null;
    if (evidence.deaths.some(({ unit }) => unit?.result !== result)) return null;
    if (result === 'oom-kill') return ofMemory(evidence, death, name);
    if (!ofManager.has(result)) return null;
    return verdict({
      ...partsOf(evidence),
      ...{ cause: 'unit-stop', confidence: 'likely' },
      summary: `systemd ended ${sessionsOf(evidence.deaths)}: ${whyUnitEnded(result, death.exit)}`,
    });
  },
};
