import { Failure } from '../../../agent/model/failure.ts';
import type { NotifierEvent } from '../../../agent/protocol/notifier.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Agent } from './connection.ts';

/** Hands the log what the notifier did, once the agent takes it; until then it is kept. */
export const createNotes = (outbox: Outbox, agent: Agent, onRefused: (cause: Failure) => void) => {
  let running = false;

  const handOver = async (): Promise<void> => {
    for (let notes = outbox.notes(); notes.length > 0; notes = outbox.notes()) {
      try {
        await agent.call('notifier.record', { events: notes.map(({ event }) => event) });
      } catch (cause) {
        // What the agent will never take must not keep back the rest.
        if (!(cause instanceof Failure) || cause.code !== 'invalid-params') return;
        onRefused(cause);
      }
      outbox.noted(notes.at(-1)?.id ?? 0);
    }
  };

  const flush = async (): Promise<void> => {
    if (running) return;
    running = true;
    await handOver().catch(() => undefined);
    running = false;
  };

  return {
    flush,
    add(event: NotifierEvent): void {
      outbox.note(event);
      void flush();
    },
  };
};
