import { messageOf } from '../../model/failure.ts';
import type { SourceFact } from '../../model/source-fact.ts';
import type { SourceStatus } from '../../model/status/evidence-status.ts';
import { printable } from '../../model/text/printable.ts';
import { cutFacts } from './cut.ts';
import type { About, Availability, Source, Span } from './source.ts';
import { createTurn, type Turn } from './turn.ts';

/** What one source answered, or why it did not: that belongs to what a verdict lacks. */
export interface Answer {
  source: string;
  /** In order of time; one that says what is not told stands last. */
  facts: SourceFact[];
  /** Null: it answered. */
  missing: string | null;
}

export interface Inquiry {
  /** Which sources can be read here; never rejects, and is done within `limitMs`. */
  probe(): Promise<SourceStatus[]>;
  /** Asks those that can be read, all at once; never rejects, and is done within twice `limitMs`. */
  ask(span: Span, about: About): Promise<Answer[]>;
}

export interface InquiryOptions {
  /** For one probe, and for one answer, of each source. ms */
  limitMs?: number;
  /** ms of a clock that nobody sets. */
  now?: () => number;
}

/** A little more than a reading of the journal may take. */
const defaultLimitMs = 5000;

/** From one source: one that has much to say must not make the others unheard. */
const maxFacts = 200;

/** A source that could be read is believed to be so for so long, ms. One that could not is tried at each question. */
const probeKeepsMs = 60_000;

const monotonicNow = (): number => performance.now();

const shortly = (cause: unknown): string => printable(messageOf(cause)).slice(0, 200);

/** Whether a source can be read, as far as is known. */
const createProbe = ({ name, probe }: Source, take: Turn, now: () => number) => {
  let readableAt: number | null = null;

  const look = async (): Promise<Availability> => {
    try {
      return await take((signal) => probe(signal));
    } catch (cause) {
      const why = `it could not be tried: ${shortly(cause)}`;
      return { ok: false, why, advice: 'try `holdfast doctor` again; if it stays, report it' };
    }
  };

  const status = async (): Promise<SourceStatus> => {
    const found = await look();
    readableAt = found.ok ? now() : null;
    return { name, why: null, advice: null, ...found };
  };

  const isFresh = (): boolean => readableAt !== null && now() - readableAt <= probeKeepsMs;

  /** Why it cannot be read; null: it can. */
  const missing = async (): Promise<string | null> => {
    if (isFresh()) return null;
    return (await status()).why;
  };

  return { status, missing };
};

/** The last ones are next to the death. What was left out before counts besides. */
const bounded = (source: string, told: readonly SourceFact[], until: number): SourceFact[] => {
  const cuts = told.filter(({ kind }) => kind === 'cut');
  const all = told.filter(({ kind }) => kind !== 'cut').toSorted((a, b) => a.at - b.at);
  const why =
    all.length > maxFacts ? `only the last ${maxFacts} of ${all.length} facts count` : null;
  return [...all.slice(-maxFacts), ...cuts, ...cutFacts(source, until, why)];
};

/** One source with what keeps it from harming the others: a limit of time, and a catch for whatever it throws. */
const contain = (source: Source, limitMs: number, now: () => number) => {
  const take = createTurn(limitMs);
  const { status, missing } = createProbe(source, take, now);

  const answer = async (span: Span, about: About): Promise<Omit<Answer, 'source'>> => {
    const why = await missing();
    if (why !== null) return { facts: [], missing: why };
    try {
      const told = await take((signal) => source.ask(span, about, signal));
      return { facts: bounded(source.name, told, span.until), missing: null };
    } catch (cause) {
      return { facts: [], missing: `it did not answer: ${shortly(cause)}` };
    }
  };

  const ask = async (span: Span, about: About): Promise<Answer> => ({
    source: source.name,
    ...(await answer(span, about)),
  });

  return { probe: status, ask };
};

/** Asks sources side by side. A source that fails or is slow costs the others nothing. */
export const createInquiry = (
  sources: readonly Source[],
  { limitMs = defaultLimitMs, now = monotonicNow }: InquiryOptions = {},
): Inquiry => {
  const contained = sources.map((source) => contain(source, limitMs, now));
  return {
    probe: () => Promise.all(contained.map(({ probe }) => probe())),
    ask: (span, about) => Promise.all(contained.map(({ ask }) => ask(span, about))),
  };
};
