import type { BotRef } from '../../model/events/bot.ts';
import type { BotSample } from '../../model/samples.ts';
import type { Beat } from '../../protocol/heartbeat.ts';
import type { Kind, Said } from './changes.ts';
import type { Speaker } from './speech.ts';

/** A bot that is heard, or was a moment ago. */
export interface Heard {
  ref: BotRef;
  speaker: Speaker;
  /** ms since the epoch. */
  heardAt: number;
  said: Said;
  /** What it takes to log it in: in memory alone, and for those who ask for it. */
  needs: Beat['needs'];
  /** Of its connection, since the last event that told of one. */
  changes: number;
  may(kind: Kind): boolean;
  /** What programs said of it that ended right after, all together; null: it speaks itself. */
  added: Beat | null;
  /** When its connection ended, by a clock that never jumps; null: it speaks. */
  gone: { at: number; how: 'closed' | 'silent' } | null;
}

type Redact = (text: string) => string;

/** Redacts before it cuts: half a secret no longer looks like one. */
const cleaned = (text: string, max: number, redact: Redact): string =>
  redact(text).slice(0, max).toWellFormed();

/** As docs/EVENTS.md says. */
const maxWhy = 200;
const maxName = 100;
const maxMessage = 500;

export const saidIn = (beat: Beat, redact: Redact): Said => {
  const { connection = null, why = '', needs = null, session = null, errors, startedAt } = beat;
  const { last = null, count = 0 } = errors ?? {};
  return {
    ...{
      connection,
      why: cleaned(why, maxWhy, redact),
      needs: needs?.kind ?? null,
      login: session,
    },
    errors: last && {
      ...{ count, startedAt },
      ...{
        name: cleaned(last.name, maxName, redact),
        message: cleaned(last.message, maxMessage, redact),
      },
    },
  };
};

export const sampleOf = (
  beat: Beat,
  { connection, why, login }: Said,
  heardAt: number,
  pid: number,
): BotSample => {
  const { startedAt, reconnects = null, errors, counters = {}, timings = {} } = beat;
  return {
    ...{ heardAt, pid, startedAt, connection, why, login, reconnects, counters, timings },
    ...{ in: beat.in ?? null, out: beat.out ?? null, errors: errors?.count ?? null },
  };
};
