import type { Actor, EvidenceLine } from '../../model/events/incident.ts';
import type { Asker } from '../asked/asker.ts';
import { asksToGoDown } from '../asked/asks.ts';
import { shutdownAsker } from '../asked/shutdown-asker.ts';
import type { Evidence } from '../evidence.ts';
import { shortened } from '../naming.ts';
import { type FactOf, factLine, factsOf, isBetween } from '../written/facts.ts';
import { packageRunAt, packageRunText } from '../written/packages.ts';

type Shutdown = FactOf<'shutdown'>;

/** A machine that goes down. */
export interface GoingDown {
  /** When it began. */
  at: number;
  /** `rebooted`, `powered off`. */
  what: string;
  /** For a sentence, with what leads to it: `, asked for by …`; empty: nobody is known. */
  by: string;
  actor: Actor | null;
  /** Whether it is seen who asked. */
  isAsked: boolean;
  lines: EvidenceLine[];
}

const words: Readonly<Record<string, string>> = {
  ...{ reboot: 'rebooted', kexec: 'rebooted', 'soft-reboot': 'rebooted' },
  ...{ poweroff: 'powered off', halt: 'halted' },
};

/** Who asked: a command at that time, or the name that logind wrote down. */
const byWhom = (asker: Asker | null, operator: string | null): string => {
  if (asker) return `, asked for by ${asker.text}`;
  return operator === null ? '' : `, asked for by ${shortened(operator, 40)}`;
};

/** A shutdown that logind told of; one that was announced for later has its announcement too. */
const ofLogind = (evidence: Evidence, begun: Shutdown, from: number): GoingDown => {
  const announced = factsOf(evidence, 'shutdown').findLast(
    ({ phase, at }) => phase === 'announced' && at <= begun.at && at >= from,
  );
  const asked = announced ?? begun;
  const asker = shutdownAsker(evidence, asked.at, asksToGoDown);
  const operator = begun.operator ?? announced?.operator ?? null;
  const run = asker ? undefined : packageRunAt(evidence, asked.at);
  const after = run ? `, just after ${packageRunText(run)}` : '';
  return {
    ...{ at: begun.at, what: words[begun.action] ?? 'shut down', actor: asker?.actor ?? null },
    by: `${byWhom(asker, operator)}${after}`,
    isAsked: asker !== null || (operator !== null && !run),
    lines: [
      ...(run ? [factLine(run)] : []),
      ...(asker ? [asker.line] : []),
      ...(announced ? [factLine(announced)] : []),
      factLine(begun),
    ],
  };
};

/** The first shutdown that began between two times; null: none was written down. */
export const shutdownBetween = (
  evidence: Evidence,
  from: number,
  until: number,
): GoingDown | null => {
  const begun = factsOf(evidence, 'shutdown').find(
    (fact) => fact.phase === 'begun' && isBetween(from, until)(fact),
  );
  const record = factsOf(evidence, 'boot-record').find(
    (fact) => fact.what === 'shutdown' && isBetween(from, until)(fact),
  );
  if (begun && begun.at <= (record?.at ?? Infinity)) return ofLogind(evidence, begun, from);
  if (!record) return null;
  const nobody = { by: '', actor: null, isAsked: false };
  return { ...nobody, at: record.at, what: 'shut down', lines: [factLine(record)] };
};
