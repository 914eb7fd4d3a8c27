import type { EvidenceLine } from '../../model/events/incident.ts';
import type { SourceFact } from '../../model/source-fact.ts';
import type { Evidence } from '../evidence.ts';
import { line } from '../evidence-lines.ts';

export type FactOf<Kind extends SourceFact['kind']> = Extract<SourceFact, { kind: Kind }>;

/** Facts of one kind, in order of time. */
export const factsOf = <Kind extends SourceFact['kind']>(
  { facts = [] }: Pick<Evidence, 'facts'>,
  kind: Kind,
): FactOf<Kind>[] =>
  facts.filter((fact): fact is FactOf<Kind> => fact.kind === kind).toSorted((a, b) => a.at - b.at);

/** Whether a fact is from this time, both ends included. */
export const isBetween =
  (from: number, until: number) =>
  ({ at }: { at: number }): boolean =>
    at >= from && at <= until;

export const factLine = ({ at, source, text }: SourceFact): EvidenceLine => line(at, source, text);
