import { textOf } from '../bounded.ts';
import type { Platform, Seen } from './platform.ts';
import { type Outcome, outcomeOf, type Phase, type Report, reportOf } from './report.ts';
import { kinds as allKinds, type Kind, type Sample, samplesOf } from './samples.ts';

export type { Platform, Seen } from './platform.ts';
export type { Outcome, Phase, Report } from './report.ts';
export { type Kind, kinds, type Sample } from './samples.ts';
export { type HandleUpdate, telegram, type Update } from './telegram.ts';
export { type Emit, type WhatsAppOptions, whatsapp } from './whatsapp.ts';

export interface TrialOptions {
  /** Which kinds of message the bot is for; all without it. */
  kinds?: readonly Kind[];
  /** Brings the bot down and up again. Then everything is sent once more, and the first message of before is delivered again. */
  restart?: () => unknown;
  /** How long to wait for what is not handled, ms (default: 2,000). */
  patienceMs?: number;
  /** Seconds since the epoch, of the first message; now without it. */
  now?: number;
}

export interface Trial {
  /** To be called by the bot for each message it has handled, with what its handler was given: a message, a Context, an Update, or `{id, from, at, text}`. */
  handled(given: unknown): void;
  /** Sends the bot one of everything. */
  run(): Promise<Report>;
}

const isSeen = (given: unknown): given is Seen =>
  typeof given === 'object' && given !== null && typeof (given as Seen).id === 'string';

/** What came more than once comes a moment after the first. */
const aftermathMs = 50;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What of the messages of a trial was handled. */
const createLedger = () => {
  const seen = new Map<string, Seen[]>();
  let onSeen = (): void => {};
  return {
    add(one: Seen): void {
      seen.set(one.id, [...(seen.get(one.id) ?? []), one]);
      onSeen();
    },
    of: (id: string): readonly Seen[] => seen.get(id) ?? [],
    ids: (): string[] => [...seen.keys()],
    /** Resolves when all of them were handled, or at the limit. */
    async until(ids: readonly string[], limitMs: number): Promise<void> {
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, limitMs);
        onSeen = () => {
          if (!ids.every((id) => seen.has(id))) return;
          clearTimeout(limit);
          resolve();
        };
        onSeen();
      });
    },
  };
};

/** Sends a bot messages of every kind, and sees whether each is handled once and as it was sent. */
export const createTrial = (
  platform: Platform,
  {
    kinds = allKinds,
    restart,
    patienceMs = 2000,
    now = Math.floor(Date.now() / 1000),
  }: TrialOptions = {},
): Trial => {
  const ledger = createLedger();
  const errors: string[] = [];
  let unknown = 0;

  const attempt = async (act: () => unknown): Promise<void> => {
    try {
      await act();
    } catch (error) {
      errors.push(textOf(error, 300));
    }
  };

  const send = async (samples: readonly Sample[]): Promise<void> => {
    for (const sample of samples) {
      for (let i = 0; i < sample.deliveries; i += 1) await attempt(() => platform.deliver(sample));
    }
    await ledger.until(
      samples.map((sample) => platform.expected(sample).id),
      patienceMs,
    );
  };

  const judge = (phase: Phase, samples: readonly Sample[]): Outcome[] =>
    samples.map((sample) => {
      const expected = platform.expected(sample);
      return outcomeOf(phase, sample.kind, expected, ledger.of(expected.id));
    });

  return {
    handled(given) {
      const seen = platform.read(given) ?? (isSeen(given) ? given : null);
      if (seen === null) unknown += 1;
      else ledger.add(seen);
    },
    async run() {
      const before = samplesOf(kinds, 100, now);
      const after = restart === undefined ? [] : samplesOf(kinds, 200, now + 300);
      await send(before);
      if (restart !== undefined) {
        await attempt(restart);
        await send([...before.slice(0, 1), ...after]);
      }
      await pause(aftermathMs);
      const known = new Set([...before, ...after].map((one) => platform.expected(one).id));
      unknown += ledger.ids().filter((id) => !known.has(id)).length;
      return reportOf({
        ...{ platform: platform.name, restarted: restart !== undefined, unknown, errors },
        outcomes: [...judge('before', before), ...judge('after', after)],
      });
    },
  };
};
