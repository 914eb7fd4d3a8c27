import type { TraceRecord } from './trace/parse/record.ts';
import { parseSignalGenerate } from './trace/parse/signal-generate.ts';

/** It does nothing to a process that runs (signal(7)). */
const SIGCONT = 18;

/** The kernel tells within a millisecond, a machine under load within this, ms. */
const limitMs = 2000;

/** Somebody may have switched the instance off since, ms. */
const testEveryMs = 60_000;

/** A flood can have taken the record away: who is blind looks again sooner, ms. */
const retryMs = 1000;

const nothingTold = 'the kernel records no signals: its trace instance was switched off or changed';
const otherPids =
  'the kernel and this process number processes differently, as in a container: who is who cannot be told';

export interface SelfTestOptions {
  pid?: number;
  /** How long the record may take, ms. */
  limit?: number;
  everyMs?: number;
  /** It sees again: between the last test that passed and now things may have been missed. */
  onSight?: () => void;
}

/**
 * Sends itself a signal and looks for the record of it: does the kernel record, and does it call this process by the
 * same number as we do?
 */
export const createSelfTest = ({
  pid = process.pid,
  limit = limitMs,
  everyMs = testEveryMs,
  onSight = () => undefined,
}: SelfTestOptions = {}) => {
  let blind: string | null = nothingTold;
  let seenOnce = false;
  /** Somebody else did the same: another witness, or we under another number. */
  let othersSeen = false;
  let again: NodeJS.Timeout | undefined;
  let asked: { resolve(): void; timer: NodeJS.Timeout } | null = null;

  const answer = (result: string | null): void => {
    if (result === null && blind !== null && seenOnce) onSight();
    blind = result;
    seenOnce ||= result === null;
    clearTimeout(asked?.timer);
    clearTimeout(again);
    if (blind !== null) again = setTimeout(() => void run(), Math.min(everyMs, retryMs)).unref();
    asked?.resolve();
    asked = null;
  };

  const run = (): Promise<void> =>
    new Promise((resolve) => {
      if (asked) return void resolve();
      const giveUp = (): void => answer(othersSeen ? otherPids : nothingTold);
      othersSeen = false;
      asked = { resolve, timer: setTimeout(giveUp, limit) };
      process.kill(pid, SIGCONT);
    });

  const timer = setInterval(() => void run(), everyMs).unref();

  return {
    /** True for the record of the test itself. */
    recognise({ tid, event, text }: TraceRecord): boolean {
      const fields = event === 'signal_generate' ? parseSignalGenerate(text) : null;
      if (fields?.signal !== SIGCONT || fields.pid !== tid) return false;
      if (tid === pid) answer(null);
      else othersSeen = true;
      return tid === pid;
    },
    run,
    /** Why nothing can be said; null: all is well. */
    blind: () => blind,
    stop(): void {
      clearInterval(timer);
      clearTimeout(asked?.timer);
      clearTimeout(again);
    },
  };
};

export type SelfTest = ReturnType<typeof createSelfTest>;
