import { EventEmitter, errorMonitor } from 'node:events';
import { type ConnectionState, connectionStates } from '../../protocol/heartbeat.ts';
import type { Heartbeat } from '../contract.ts';
import { type Emitter, type Listener, listen } from './listen.ts';

/** What an event means: a word, or what to say of it. */
export type EventMeaning =
  | ('received' | 'sent' | 'error' | 'alive')
  | ConnectionState
  | { count: string }
  // biome-ignore lint/suspicious/noExplicitAny: what comes with an event is the emitter's affair
  | ((beat: Heartbeat, ...given: any[]) => void);

const isState = (word: unknown): word is ConnectionState =>
  connectionStates.includes(word as ConnectionState);

const listenerFor = (event: string, meaning: EventMeaning, beat: Heartbeat): Listener => {
  if (typeof meaning === 'function') return (...given) => meaning(beat, ...given);
  if (typeof meaning === 'object') return () => beat.count(meaning.count);
  if (isState(meaning)) return () => beat.connection(meaning, event);
  if (meaning === 'error') return (error) => beat.error(error);
  return () => beat[meaning]();
};

/** An emitter of Node throws an `error` that nobody listens to. It shall do so with us, too. */
const heardAs = (event: string, emitter: Emitter): string | symbol =>
  event === 'error' && emitter instanceof EventEmitter ? errorMonitor : event;

/**
 * For any client that emits events: `attachEmitter(client, { open: 'ready', close: 'disconnected', message: 'received' }, beat)`.
 * @returns what detaches it
 */
export const attachEmitter = (
  emitter: Emitter,
  meanings: Readonly<Record<string, EventMeaning>>,
  beat: Heartbeat,
): (() => void) => {
  const words = Object.values(meanings);
  if (words.includes('received')) beat.received(0);
  if (words.includes('sent')) beat.sent(0);
  return listen(
    emitter,
    new Map(
      Object.entries(meanings).map(([event, meaning]) => [
        heardAs(event, emitter),
        listenerFor(event, meaning, beat),
      ]),
    ),
  );
};
