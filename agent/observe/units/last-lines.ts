import { setTimeout as wait } from 'node:timers/promises';
import type { Event, EventOf, NewEvent } from '../../model/event.ts';
import type { UnitEvents } from '../../model/events/unit.ts';
import { messageOf } from '../../model/failure.ts';
import { printable } from '../../model/text/printable.ts';
import { shortened } from '../../model/text/shortened.ts';
import { invocationOf } from '../../model/unit-state.ts';
import { screenRef } from '../screen-ref.ts';
import type { Journal } from '../sources/journal.ts';
import { createTurn } from '../sources/turn.ts';
import { mostLines, outputText } from './output-text.ts';

export interface LastLinesPorts {
  journal: Pick<Journal, 'read'>;
  record(events: readonly NewEvent[]): void;
  /** Stores a text where the last screens of sessions are. */
  keepScreen(text: string): void;
  redact(text: string): string;
  now(): number;
  /** Default: a timer that keeps nothing running. */
  pause?(ms: number): Promise<unknown>;
  /** For one look, ms. */
  limitMs?: number;
}

/** What a program wrote last reaches the journal a moment after its end. ms */
const settleMs = 500;

/** On a busy machine it takes longer, and so does reading: before a second look and a third where there was nothing. ms */
const againMs = [2000, 5000];

/** Less than the journal's own limit, whose words tell nobody what was wrong. ms */
const defaultLimitMs = 3000;

const settle = (ms: number): Promise<unknown> => wait(ms, undefined, { ref: false });

type Ended = EventOf<'unit.ended'>;
type Output = Pick<UnitEvents['unit.output'], 'output' | 'why'>;

/** What was not explained is not looked at either: a loop of deaths costs no more than its explanations. */
const isExplained = (event: Event): event is Ended & Event =>
  event.type === 'unit.ended' && event.data.death !== undefined;

const none = (why: string): Output => ({ output: null, why });

const unread = (cause: unknown): Output =>
  none(`they could not be read: ${shortened(printable(messageOf(cause).trim()), 200)}`);

const outputEvent = ({ trace, data }: Ended, output: Output, at: number): NewEvent => {
  const { session, server, unit, life } = data;
  return { at, type: 'unit.output', trace, data: { session, server, unit, life, ...output } };
};

/**
 * Tells what units that died wrote last, by their journal. The incident does not wait for it: it is an event of its own, one
 * after the other, each within a bounded time.
 */
export const createLastLines = (ports: LastLinesPorts) => {
  const { journal, record, keepScreen, redact, now } = ports;
  const { pause = settle, limitMs = defaultLimitMs } = ports;
  const inTurn = createTurn(limitMs);
  const closing = new AbortController();
  let telling: Promise<void> = Promise.resolve();

  /** What the run's own processes wrote to standard output and error, by the journal's own word: no other can put it there. */
  const read = async (life: string): Promise<Output> => {
    const matches = [`_SYSTEMD_INVOCATION_ID=${invocationOf(life)}`, '_TRANSPORT=stdout'];
    const query = { matches, fields: [], most: mostLines };
    const { found } = await inTurn((signal) =>
      journal.read(query, AbortSignal.any([signal, closing.signal])),
    );
    const text = outputText(found, redact);
    if (text === '') return none('the journal has none of this run');
    keepScreen(text);
    return { output: screenRef('main', text, Math.trunc(found.at(-1)?.at ?? 0)), why: null };
  };

  const tell = async (ended: Ended): Promise<void> => {
    if (closing.signal.aborted) return;
    const look = (): Promise<Output> => read(ended.data.life).catch(unread);
    let output = await look();
    for (const ms of againMs) {
      if (output.output) break;
      await pause(ms);
      if (closing.signal.aborted) return;
      output = await look();
    }
    if (!closing.signal.aborted) record([outputEvent(ended, output, now())]);
  };

  return {
    /** Takes up the deaths among events recorded together, or read back from the log. */
    take(events: readonly Event[]): void {
      for (const ended of events.filter(isExplained)) {
        const settled = pause(settleMs);
        telling = telling.then(() => settled).then(() => tell(ended));
      }
    },
    close: (): void => closing.abort(),
  };
};
