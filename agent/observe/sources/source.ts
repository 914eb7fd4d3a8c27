import type { AskedServer } from '../../model/asked-server.ts';
import type { SourceFact } from '../../model/source-fact.ts';

/** ms since the epoch, both ends included. */
export interface Span {
  since: number;
  until: number;
}

/** What the question is about. Facts of the whole machine are told besides. */
export interface About {
  units: readonly string[];
  servers: readonly AskedServer[];
}

/** Whether a source can be read here; if not, why, and what to do about it. */
export type Availability = { ok: true } | { ok: false; why: string; advice: string };

/**
 * A source of evidence: it says what others wrote down. It changes nothing on the machine, and switches nothing
 * on. It tells only what the right sender wrote, because anybody may write to a log.
 */
export interface Source {
  /** Stable: it stands in the evidence. */
  readonly name: string;
  /** May throw or take too long: `createInquiry` contains that. */
  probe(signal: AbortSignal): Promise<Availability>;
  /** What happened in `span`, and what of it was not read (`cut`). Gives up when `signal` is aborted. May throw, as `probe`. */
  ask(span: Span, about: About, signal: AbortSignal): Promise<SourceFact[]>;
}
