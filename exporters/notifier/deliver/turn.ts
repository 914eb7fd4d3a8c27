import type { Channel } from '../channel.ts';
import { unusableMs } from './back-off.ts';
import { createClockChanges } from './clock-changes.ts';
import type { PumpPorts } from './pump-ports.ts';
import { settle } from './settle.ts';
import { type Next, takeNext } from './take-next.ts';
import type { Trouble } from './trouble.ts';

/**
 * One turn of a pump after the other: each tells the next one, as far as it is due.
 * @param givingUp what is being sent is not waited for any longer
 */
export const createTurn = (
  channel: Channel,
  ports: PumpPorts,
  trouble: Trouble,
  givingUp: AbortSignal,
) => {
  const { outbox, now } = ports;
  const { name, broken, paceMs } = channel;
  const clock = createClockChanges(name, ports);
  let isBegun = false;
  /** What became of the last delivery, while the disk does not take it: told again it would come twice. */
  let unsettled: (() => void) | null = null;

  /** What is broken is said before anything is to be told there: a person may still mend it in time. */
  const begin = (at: number): void => {
    outbox.tryAgain(name);
    if (broken) {
      trouble.say(broken.code, broken.message);
      outbox.unusable(name, broken.code, at + unusableMs);
    }
    isBegun = true;
  };

  const settleNow = (): void => {
    if (!unsettled) return;
    unsettled();
    unsettled = null;
    ports.onSettled();
  };

  const tell = async ({ row, card }: Next): Promise<void> => {
    const outcome = await channel.deliver(card, row.receipt, givingUp);
    if (givingUp.aborted && outcome.kind !== 'accepted') return;
    unsettled = () => settle(row, card, outcome, ports, trouble);
    settleNow();
  };

  /** @returns how long there is nothing to do, ms; Infinity: until something comes. @throws where the disk does not take it: nothing is told until it does */
  return async (): Promise<number> => {
    settleNow();
    const at = now();
    if (!isBegun) begin(at);
    clock.look(at);
    const { blocked_until: blocked, last_sent_at: last } = outbox.channels.of(name);
    const notBefore = Math.max(blocked, Math.min(at, last ?? 0) + paceMs);
    if (notBefore > at) return notBefore - at;
    const next = takeNext(channel, ports, at, clock.age);
    if (!next) return Math.max(0, (outbox.nextDue(name) ?? Number.POSITIVE_INFINITY) - at);
    await tell(next);
    return 0;
  };
};
