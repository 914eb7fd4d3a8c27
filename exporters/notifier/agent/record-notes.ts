import { Failure } from '../../../agent/model/failure.ts';
import type { NotifierEvent } from '../../../agent/protocol/notifier.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Agent } from './connection.ts';

/** What the agent does not take now, because it is away or has too much to do, is tried again after so long, ms. */
const usualAgainMs = 15_000;

/** Hands the log what the notifier did, once the agent takes it; until then it is kept. */
export const createNotes = (
  outbox: Pick<Outbox, 'notes' | 'noted' | 'note'>,
  agent: Agent,
  onRefused: (cause: Failure) => void,
  againMs = usualAgainMs,
) => {
  let running = false;
  let isClosed = false;
  let again: NodeJS.Timeout | undefined;

  /** @returns whether some are left */
  const handOver = async (): Promise<boolean> => {
    for (let notes = outbox.notes(); notes.length > 0; notes = outbox.notes()) {
      try {
        await agent.call('notifier.record', { events: notes.map(({ event }) => event) });
      } catch (cause) {
        // What the agent will never take must not keep back the rest.
        if (!(cause instanceof Failure) || cause.code !== 'invalid-params') return true;
        onRefused(cause);
      }
      outbox.noted(notes.at(-1)?.id ?? 0);
    }
    return false;
  };

  const flush = async (): Promise<void> => {
    if (running) return;
    running = true;
    clearTimeout(again);
    const isLeft = await handOver().catch(() => true);
    running = false;
    if (isLeft && !isClosed) again = setTimeout(() => void flush(), againMs);
  };

  return {
    flush,
    close(): void {
      isClosed = true;
      clearTimeout(again);
    },
    add(event: NotifierEvent): void {
      outbox.note(event);
      void flush();
    },
  };
};
