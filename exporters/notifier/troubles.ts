import { messageOf } from '../../agent/model/failure.ts';
import type { Say } from './process-log.ts';

/** What the notifier says in its process log of what keeps it from telling people, and when that is over. */
export const createTroubles = (say: Say) => {
  const why = (cause: unknown) => ({ why: messageOf(cause) });
  return {
    outboxSetAside: (aside: string): void =>
      say('error', 'the outbox was damaged and is set aside; people have to pair again', { aside }),
    channel: (channel: string, code: string, message: string): void =>
      say('warn', 'a channel takes no alerts', { channel, code, why: message }),
    channelOver: (channel: string): void =>
      say('info', 'a channel takes alerts again', { channel }),
    refused: (channel: string, code: string, message: string): void =>
      say('warn', 'a channel refused an alert; it is not tried again', {
        channel,
        code,
        why: message,
      }),
    channelDisk: (channel: string, code: string, message: string): void =>
      say('error', 'a channel is told nothing while the disk does not take what becomes of it', {
        channel,
        code,
        why: message,
      }),
    channelDiskOver: (channel: string): void =>
      say('info', 'the disk takes what becomes of the alerts of a channel again', { channel }),
    storing: (cause: unknown): void => say('error', 'alerts cannot be stored', why(cause)),
    storingOver: (): void => say('info', 'alerts are stored again'),
    /** A full disk is no reason to end: what is tried here is tried again with the next change, or the next tidying. */
    attempt(work: () => void): void {
      try {
        work();
      } catch (cause) {
        say('error', 'the disk does not take it', why(cause));
      }
    },
    agentLost: (): void => say('warn', 'the agent does not answer'),
    notAttached: (cause: unknown): void =>
      say('error', 'the agent does not take the notifier', why(cause)),
    notRecorded: (cause: unknown): void =>
      say('error', 'the log does not take what the notifier did', why(cause)),
  };
};

export type Troubles = ReturnType<typeof createTroubles>;
