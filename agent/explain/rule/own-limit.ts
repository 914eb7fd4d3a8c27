import type { DeathRecord } from '../../model/events/death.ts';
import type { EvidenceLine, Verdict } from '../../model/events/incident.ts';
import type { LeaderSample } from '../../model/events/measures.ts';
import type { Evidence } from '../evidence.ts';
import { line } from '../evidence-lines.ts';
import { exitLines } from '../exits.ts';
import { quoted } from '../naming.ts';
import { leaderOf, limitBehind, wasNearLimit } from '../own-limits.ts';
import type { Rule } from '../rule.ts';
import { namedSignal, SIGKILL, SIGXFSZ } from '../signals.ts';
import { isComplete, untoldOf } from '../witnessed/gaps.ts';
import { verdict } from '../wording.ts';
import { isMemoryExcluded } from '../written/kills-left.ts';

const limitText = (signal: number, { fileSize: bytes, cpuSoft, cpuHard }: LeaderSample): string =>
  signal === SIGXFSZ
    ? `files of at most ${bytes} bytes`
    : `${signal === SIGKILL ? cpuHard : cpuSoft} s of processor time`;

const limitLine = (signal: number, leader: LeaderSample): EvidenceLine => {
  const used = signal === SIGXFSZ ? '' : `; it had used ${(leader.cpuMs / 1000).toFixed(1)} s`;
  const text = `its process was limited to ${limitText(signal, leader)}${used}`;
  return line(signal === SIGXFSZ ? leader.at : leader.cpuAt, 'procfs', text);
};

/** SIGKILL has more reasons than the other two. */
const isLikely = (evidence: Evidence, death: DeathRecord, signal: number): boolean =>
  signal !== SIGKILL || (wasNearLimit(death, signal) && isMemoryExcluded(evidence));

const judged = (
  evidence: Evidence,
  death: DeathRecord,
  signal: number,
  leader: LeaderSample,
): Verdict => {
  const named = namedSignal(signal);
  const { name } = named;
  const what = signal === SIGXFSZ ? 'the largest file' : 'the processor time';
  const certainly = isLikely(evidence, death, signal);
  return verdict({
    cause: 'rlimit',
    confidence: certainly ? 'likely' : 'possible',
    summary: `the program of ${quoted(death.session)} was ended by ${name}, as one is that reaches a limit of its own: ${what} it may ${signal === SIGXFSZ ? 'write' : 'use'}`,
    signal: named,
    evidence: [limitLine(signal, leader), ...exitLines(evidence)],
    missing: [
      untoldOf(evidence, `whether the kernel sent ${name} for that limit, or somebody else did`),
      'who set that limit',
    ],
  });
};

export const ownLimit: Rule = {
  name: 'own-limit',
  sentence:
    'Nothing was witnessed, but the program was ended by the signal of a limit that its process had, and that it may have reached.',
  judge: (evidence) => {
    const [death, ...others] = evidence.deaths;
    const signal = death?.exit?.signal ?? null;
    const leader = death && leaderOf(death);
    if (!death || !leader || signal === null || others.length > 0) return null;
    if (evidence.serverEnd || isComplete(evidence)) return null;
    if (limitBehind(death, signal) !== 'set') return null;
    return judged(evidence, death, signal, leader);
  },
};
