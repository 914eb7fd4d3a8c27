import { messageOf } from '../../../agent/model/failure.ts';
import type { Channel } from '../channel.ts';
import { createPause } from './pause.ts';
import type { PumpPorts } from './pump-ports.ts';
import { createTrouble } from './trouble.ts';
import { createTurn } from './turn.ts';

export interface Pump {
  readonly channel: Channel;
  /** Something may be due. */
  wake(): void;
  /** Resolves when nothing is being sent any more. */
  stop(): Promise<void>;
}

/** What is being sent when it is to stop may still be accepted, ms: given up, it would be sent twice. */
const farewellMs = 4000;

/** A disk that takes nothing is tried again after so long, ms. */
const diskAgainMs = 1000;

/**
 * Tells one channel what waits for it, one at a time and no faster than it may: so the order is kept, and after a
 * crash at most the one that was under way is told twice.
 */
export const startPump = (channel: Channel, ports: PumpPorts): Pump => {
  const stopping = new AbortController();
  const givingUp = new AbortController();
  const trouble = createTrouble(channel.name, ports);
  const disk = createTrouble(channel.name, ports.disk);
  const rest = createPause(stopping.signal);
  const turn = createTurn(channel, ports, trouble, givingUp.signal);

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      rest.turnBegins();
      try {
        const ms = await turn();
        disk.over();
        if (ms > 0) await rest.take(ms);
      } catch (cause) {
        disk.say('outbox', messageOf(cause));
        await rest.take(diskAgainMs);
      }
    }
  };

  const done = run();
  return {
    channel,
    wake: rest.wake,
    stop: async () => {
      stopping.abort();
      const timer = setTimeout(() => givingUp.abort(), farewellMs);
      await done;
      clearTimeout(timer);
    },
  };
};
