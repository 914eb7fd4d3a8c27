import type { EvidenceLine } from '../../model/events/incident.ts';
import type { SeenProcess } from '../../model/witnessed.ts';
import { exitLines } from '../exits.ts';
import { endLines } from '../server-end.ts';
import type { Finding } from './finding.ts';
import { ancestryLine, oomLine, signalLine } from './lines.ts';
import { memoryBehind } from './memory.ts';
import { natureOf } from './nature.ts';
import { otherSignals } from './other-signals.ts';
import type { Told } from './told.ts';

/** More than this of one kind nobody reads. */
const maxLines = 12;

const exitsOf = (told: Told): EvidenceLine[] =>
  exitLines(told).filter((_, i) => told.deaths[i]?.exit !== null);

/** What the kernel told, and what tmux wrote down, in order of time. */
export const linesOf = (
  told: Told,
  findings: readonly Finding[],
  actor: SeenProcess | null,
): EvidenceLine[] => {
  const [first] = findings;
  const signals = findings
    .slice(0, maxLines)
    .map(({ signal, nature }) => signalLine(signal, nature));
  const others = otherSignals(told, findings).map((event) =>
    signalLine(event, natureOf(event, told)),
  );
  const ooms = new Set(findings.flatMap(({ signal }) => memoryBehind(signal, told) ?? []));
  const above =
    first && actor && actor.ancestry.length > 0 ? [ancestryLine(first.signal, actor)] : [];
  const chosen = [...ooms].slice(0, maxLines).map(oomLine);
  const lines = [...chosen, ...signals, ...others, ...above];
  // Exits are written down in whole seconds, which may seem to be before what led to them.
  const found = told.deaths[0]?.found ?? 0;
  const led = lines.map(({ at }) => at).filter((at) => at <= found);
  const exits = exitsOf(told).map((exit) => ({ ...exit, at: Math.max(exit.at, ...led) }));
  return [...lines, ...exits, ...endLines(told)].toSorted((a, b) => a.at - b.at);
};
