import { setTimeout as delay } from 'node:timers/promises';
import type { Card } from '../card.ts';
import type { Channel, Outcome } from '../channel.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { cardIn, type DeliveryRow } from '../outbox/rows.ts';
import { unusableMs, waitMs } from './back-off.ts';
import { createJumps } from './jumps.ts';
import { failedNote, sentNote } from './notes.ts';
import { isStale } from './stale.ts';

export interface PumpPorts {
  outbox: Outbox;
  /** ms since the epoch. */
  now(): number;
  /** ms, of a clock that never jumps. */
  steady(): number;
  random(): number;
  /** So many were not told there, and why. */
  onSuppressed(reason: 'folded' | 'expired', count: number): void;
  /** Something was settled: there may be a note for the log, and a new standing. */
  onSettled(): void;
  /** The first failure of a kind, and its end. */
  onTrouble(channel: string, code: string, message: string): void;
  onTroubleOver(channel: string): void;
}

export interface Pump {
  readonly channel: Channel;
  /** Something may be due. */
  wake(): void;
  /** Resolves when nothing is being sent any more. */
  stop(): Promise<void>;
}

/** What is being sent when it is to stop may still be accepted, ms: given up, it would be sent twice. */
const farewellMs = 4000;

/** Nothing is due: it is looked again after so long, whatever happened to the clock. ms */
const longestSleepMs = 60_000;

/**
 * Tells one channel what waits for it, one at a time and no faster than it may: so the order is kept, and after a
 * crash at most the one that was under way is told twice.
 */
export const startPump = (channel: Channel, ports: PumpPorts): Pump => {
  const { outbox, now } = ports;
  const { name } = channel;
  const stopping = new AbortController();
  const jumps = createJumps(ports.steady);
  const givingUp = new AbortController();
  let woken = Promise.withResolvers<void>();
  let trouble = '';
  /** What became of the last delivery, while the disk does not take it: told again it would come twice. */
  let unsettled: (() => void) | null = null;
  let seen: number | null = null;

  const sayTrouble = (code: string, message: string): void => {
    if (code !== trouble) ports.onTrouble(name, code, message);
    trouble = code;
  };

  const settle = (row: DeliveryRow, card: Card, outcome: Outcome): void => {
    const at = now();
    if (outcome.kind === 'accepted') {
      outbox.accepted(row, outcome.receipt, sentNote(card, row, at), at);
      if (trouble !== '') ports.onTroubleOver(name);
      trouble = '';
      return;
    }
    const { code, message } = outcome;
    sayTrouble(code, message);
    if (outcome.kind === 'refused') {
      outbox.refused(row, code, failedNote(card, row, outcome, at));
    } else if (outcome.kind === 'unusable') {
      outbox.unusable(name, code, at + unusableMs);
    } else {
      const { everything } = outcome;
      const failures = everything ? outbox.channels.of(name).failures : row.attempts;
      const until = at + waitMs(outcome.waitMs, failures, ports.random());
      outbox.delayed(row, code, Math.ceil(until), everything);
    }
  };

  /** Before anything is to be told there: a person may still mend it in time. */
  const tellBroken = (at: number): void => {
    if (!channel.broken) return;
    const { code, message } = channel.broken;
    sayTrouble(code, message);
    outbox.unusable(name, code, at + unusableMs);
  };

  /** A clock that was set back must not make anything wait longer than was meant. */
  const watchClock = (at: number): void => {
    if (seen === null) {
      outbox.channels.tryAgain(name);
      tellBroken(at);
      seen = outbox.channels.of(name).last_sent_at ?? 0;
    }
    jumps.look(at);
    if (at < seen) outbox.clockSetBack(name, seen - at, at);
    seen = at;
  };

  /** @throws where the disk does not take it: it is tried again before anything else is told */
  const settleNow = (): void => {
    if (!unsettled) return;
    unsettled();
    unsettled = null;
    ports.onSettled();
  };

  /** Tells the next one. @returns how long there is nothing to do, ms */
  const turn = async (): Promise<number> => {
    settleNow();
    const at = now();
    watchClock(at);
    const { blocked_until: blocked, last_sent_at: last } = outbox.channels.of(name);
    const notBefore = Math.max(blocked, Math.min(at, last ?? 0) + channel.paceMs);
    if (notBefore > at) return notBefore - at;
    const { row, folded } = outbox.next(name, channel.audience === 'people', at);
    if (folded > 0) ports.onSuppressed('folded', folded);
    if (!row) return Math.max(0, (outbox.nextDue(name) ?? at + longestSleepMs) - at);
    const card = cardIn(row);
    if (row.told_revision === 0 && isStale(card, jumps.age(card.updatedAt, at))) {
      outbox.expired(row);
      ports.onSuppressed('expired', 1);
      return 0;
    }
    const outcome = await channel.deliver(card, row.receipt, givingUp.signal);
    if (givingUp.signal.aborted && outcome.kind !== 'accepted') return 0;
    unsettled = () => settle(row, card, outcome);
    settleNow();
    return 0;
  };

  const sleep = async (ms: number): Promise<void> => {
    const timer = new AbortController();
    const signal = AbortSignal.any([timer.signal, stopping.signal]);
    const due = delay(Math.min(ms, longestSleepMs), undefined, { signal, ref: false });
    await Promise.race([due.catch(() => undefined), woken.promise]);
    timer.abort();
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      woken = Promise.withResolvers();
      try {
        const ms = await turn();
        if (ms > 0) await sleep(ms);
      } catch (cause) {
        // The disk does not take it: nothing more is told until it does.
        sayTrouble('outbox', cause instanceof Error ? cause.message : String(cause));
        await sleep(1000);
      }
    }
  };

  const done = run();
  return {
    channel,
    wake: () => woken.resolve(),
    stop: async () => {
      stopping.abort();
      const timer = setTimeout(() => givingUp.abort(), farewellMs);
      await done;
      clearTimeout(timer);
    },
  };
};
