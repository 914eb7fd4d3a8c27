import type { AlertSettings } from '../../agent/protocol/notifier.ts';
import { firstContact } from './agent/first-contact.ts';
import { keptSettings } from './agent/settings.ts';
import { type Book, emptyBook } from './classify/book.ts';
import { graceAfterStart } from './classify/start-grace.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Say } from './process-log.ts';

export interface BeginPorts {
  agentSocket: string;
  say: Say;
  /** Gives up waiting for a first answer of the agent. */
  signal: AbortSignal;
}

/**
 * What the notifier begins with: what it kept of its last run, or else what the agent says. With both kept it needs no
 * agent, whose silence is an alert as well.
 * @throws AbortError
 */
export const begin = async (
  outbox: Outbox,
  startedAt: number,
  { agentSocket, say, signal }: BeginPorts,
): Promise<{ book: Book; settings: AlertSettings }> => {
  const stored = outbox.load((fact) =>
    say('error', 'what another release knew of alerts is set aside; it goes on where that ended', {
      fact,
    }),
  );
  const book = stored && graceAfterStart(stored, startedAt, ({ alert }) => outbox.isHeld(alert));
  const kept = keptSettings(outbox);
  if (book && kept) return { book, settings: kept };
  const { head, run, settings } = await firstContact(agentSocket, signal, say);
  return { book: book ?? emptyBook(head, run), settings };
};
