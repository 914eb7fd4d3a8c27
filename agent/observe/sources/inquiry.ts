import { messageOf } from '../../model/failure.ts';
import type { SourceFact } from '../../model/findings.ts';
import { printable } from '../../model/printable.ts';
import type { About, Availability, Source, Span } from './source.ts';
import { createTurn, type Turn } from './turn.ts';

/** What one source answered, or why it did not: that belongs to what a verdict lacks. */
export interface Answer {
  source: string;
  /** In order of time. */
  facts: SourceFact[];
  /** Facts beyond `maxFacts`, which are not told. */
  dropped: number;
  /** Null: it answered. */
  missing: string | null;
  tookMs: number;
}

export interface SourceStatus {
  source: string;
  availability: Availability;
  tookMs: number;
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
const defaultLimitMs = 2000;

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
    const start = now();
    const availability = await look();
    readableAt = availability.ok ? now() : null;
    return { source: name, availability, tookMs: now() - start };
  };

  const isFresh = (): boolean => readableAt !== null && now() - readableAt <= probeKeepsMs;

  /** Why it cannot be read; null: it can. */
  const missing = async (): Promise<string | null> => {
    if (isFresh()) return null;
    const { availability } = await status();
    return availability.ok ? null : availability.why;
  };

  return { status, missing };
};

/** The last ones are next to the death. */
const cut = (told: SourceFact[]): Pick<Answer, 'facts' | 'dropped'> => {
  const facts = told.toSorted((a, b) => a.at - b.at).slice(-maxFacts);
  return { facts, dropped: told.length - facts.length };
};

/** One source with what keeps it from harming the others: a limit of time, and a catch for whatever it throws. */
const contain = (source: Source, limitMs: number, now: () => number) => {
  const take = createTurn(limitMs);
  const { status, missing } = createProbe(source, take, now);

  const answer = async (span: Span, about: About): Promise<Omit<Answer, 'source' | 'tookMs'>> => {
    const why = await missing();
    if (why !== null) return { facts: [], dropped: 0, missing: why };
    try {
      return { ...cut(await take((signal) => source.ask(span, about, signal))), missing: null };
    } catch (cause) {
      return { facts: [], dropped: 0, missing: `it did not answer: ${shortly(cause)}` };
    }
  };

  const ask = async (span: Span, about: About): Promise<Answer> => {
    const start = now();
    const answered = await answer(span, about);
    return { source: source.name, ...answered, tookMs: now() - start };
  };

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
