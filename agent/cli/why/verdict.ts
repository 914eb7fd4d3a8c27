import type { EvidenceLine, Verdict } from '../../model/events/incident.ts';
import { printable } from '../../model/text/printable.ts';
import type { Terminal } from '../frame/terminal.ts';
import { exactClock } from '../view/time.ts';
import { pad } from '../view/width.ts';
import { actorLines } from './actor.ts';
import { hanging, wrapWhole } from './hanging.ts';
import type { Layout } from './layout.ts';
import { section } from './section.ts';

const sourceColumns = 8;

/** The sentence, who did it, the evidence in order, and what was not seen. */
export const verdictLines = (
  verdict: Verdict | null,
  width: number,
  layout: Layout,
  terminal: Terminal,
): string[] => {
  if (verdict === null) return [];
  const hang = (label: string, text: string): string[] =>
    hanging(label, text, width, terminal, layout.lines);
  const evidence = ({ at, source, text }: EvidenceLine): string[] =>
    hang(`  ${exactClock(at)}  ${pad(printable(source), sourceColumns)}  `, text);
  const unseen = (text: string): string[] => hang('  - ', text);
  return [
    ...wrapWhole(printable(verdict.summary), width),
    ...actorLines(verdict, width, layout, terminal),
    ...section('Evidence', verdict.evidence, layout.evidence, evidence, terminal),
    ...section('Not seen', verdict.missing, layout.missing, unseen, terminal),
  ];
};
