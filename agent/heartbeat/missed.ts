import { textOf } from './bounded.ts';
import { createSeen } from './seen.ts';

/** Clocks of services differ from ours by less, and messages are delivered as late, ms. */
export const slackMs = 600_000;
/** Messages that are remembered. */
const most = 5000;

export interface MessageKeys<Message> {
  /** What a message is known by. */
  idOf(message: Message): string;
  /** When it was sent, ms since the epoch. */
  timeOf(message: Message): number;
}

/** Which messages were handed over. Times are ms since the epoch. */
export interface Missed<Message> {
  /** An event brought it. False: it was handed over before. */
  heard(message: Message, now: number): boolean;
  /** Of those that were polled the ones that nothing brought yet, the oldest first. They count as handed over from then on. */
  take(messages: Iterable<Message>, now: number): Message[];
}

interface Known<Message> {
  message: Message;
  id: string;
  at: number;
  /** One stamped in the future would make all that comes until then old, once it is forgotten. */
  knownAt: number;
}

/** @param since what is older was not missed */
export const createMissed = <Message>(
  { idOf, timeOf }: MessageKeys<Message>,
  since: number,
): Missed<Message> => {
  const seen = createSeen(most, since);

  const known = (message: Message, now: number): Known<Message> | null => {
    try {
      const id = idOf(message);
      if (typeof id !== 'string') return null;
      const at = timeOf(message);
      return { message, id: textOf(id, 300), at, knownAt: Math.min(at, now + slackMs) };
    } catch {
      return null;
    }
  };

  return {
    heard(message, now) {
      const one = known(message, now);
      if (one === null) return true;
      const isNew = !seen.has(one.id);
      if (isNew) seen.add(one.id, one.knownAt);
      return isNew;
    },
    take(messages, now) {
      const news = new Map<string, Known<Message>>();
      for (const message of messages) {
        const one = known(message, now);
        // The same may be there twice.
        if (one && !seen.isOld(one.at) && !seen.has(one.id)) news.set(one.id, one);
      }
      const sorted = [...news.values()].sort((a, b) => a.at - b.at);
      for (const { id, knownAt } of sorted) seen.add(id, knownAt);
      return sorted.map(({ message }) => message);
    },
  };
};
