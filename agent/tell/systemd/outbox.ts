import type { Message, MessageKind, Transport } from './message.ts';

/** The manager may be busy or restarting itself: together ten seconds. */
const retryMs = 200;
const maxAttempts = 50;

/** Sends one message after another, each again until it got there or has been tried enough. */
export const createOutbox = (transport: Transport, onError: (cause: unknown) => void) => {
  const waiting = new Map<MessageKind, Message>();
  let attempts = 0;
  let busy = false;

  /** True when `message` needs no further attempt. */
  const attempt = async (message: Message): Promise<boolean> => {
    try {
      await transport.send(message);
    } catch (cause) {
      attempts += 1;
      if (attempts < maxAttempts) return false;
      onError(cause);
    }
    attempts = 0;
    return true;
  };

  const sendAll = async (): Promise<void> => {
    busy = true;
    for (const message of waiting.values()) {
      if (!(await attempt(message))) {
        setTimeout(sendAll, retryMs).unref();
        return;
      }
      // A newer one of its kind may have taken its place meanwhile.
      if (waiting.get(message.kind) === message) waiting.delete(message.kind);
    }
    busy = false;
  };

  return (kind: MessageKind, ...lines: string[]): void => {
    waiting.delete(kind);
    waiting.set(kind, { kind, lines });
    if (!busy) void sendAll();
  };
};
