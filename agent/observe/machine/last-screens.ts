import type { Samples } from '../../model/samples.ts';
import type { State } from '../../model/state.ts';
import { createRedactedScreens } from './last-screens/redacted-screens.ts';
import { type ScreenEntry, writeScreens } from './last-screens/screen-file.ts';
import { within } from './last-screens/within.ts';

/*
 * What sessions showed when the agent was stopped, or some minutes at most before it or the machine was killed: a machine that is
 * started again, or a session that ends before the next agent has looked, has nothing newer.
 */

const minute = 60_000;

/** A stop waits no longer for a disk, ms. */
const diskMs = 1000;

/** What looking for secrets may take of a minute, ms: what a screen was made to take is nobody else's loss. */
const mostPerMinuteMs = 500;

/** A program that never stops printing has all screens written anew each time: no more of them than this a minute. */
const lengthPerMinute = 1024 * 1024;

/** A disk that is full, or a quota, is not tried each minute: it would take the last space of the log each time. */
const afterFailureMs = 10 * minute;

export interface LastScreensPorts {
  path: string;
  samples: Samples;
  state(): Pick<State, 'lives' | 'servers'>;
  redact(text: string): string;
  /** ms, of a clock that nobody sets; absent: that of this process. */
  elapsed?(): number;
}

/** Keeps on disk what sessions show, redacted. Neither method rejects: the last screens are not worth a stop that hangs. */
export const createLastScreens = (ports: LastScreensPorts) => {
  const { path, samples, state, redact, elapsed = () => performance.now() } = ports;
  const { kept, refresh } = createRedactedScreens({ samples, state, redact, elapsed });
  let closing = false;
  let keeping: Promise<void> | null = null;
  /** What the file has, by `changes`; null: what the run before wrote. */
  let written: number | null = null;
  let restsUntil = Number.NEGATIVE_INFINITY;

  const write = async (): Promise<void> => {
    const [changes, length] = [kept.changes(), kept.length()];
    if (changes === written) return;
    const entries = kept.all().map(({ life, pane, screen }): ScreenEntry => [life, pane, screen]);
    try {
      await writeScreens(path, entries);
      written = changes;
      restsUntil = elapsed() + Math.floor(length / lengthPerMinute) * minute;
    } catch {
      restsUntil = elapsed() + afterFailureMs;
    }
  };

  const keepNow = async (): Promise<void> => {
    await refresh((spentMs) => closing || spentMs >= mostPerMinuteMs);
    if (!closing && elapsed() >= restsUntil) await write();
  };

  return {
    /** Redacts what is new, and writes it all where something is new or gone; not while that is still done. */
    async keep(): Promise<void> {
      if (keeping || closing) return;
      keeping = keepNow().catch(() => undefined);
      await keeping;
      keeping = null;
    },
    /**
     * Writes them for the last time. What is not redacted in time is left as it was shown before.
     * @param limitMs no more are begun to be redacted then, ms from when what `keep` does is over
     */
    async close(limitMs: number): Promise<void> {
      closing = true;
      const before = (keeping ?? Promise.resolve()).then(() => true);
      // Two at once would write into one file.
      if (!(await within(diskMs, before, false))) return;
      const until = elapsed() + limitMs;
      await within(diskMs, refresh(() => elapsed() >= until).then(write), undefined);
    },
  };
};
