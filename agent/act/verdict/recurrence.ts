import type { Recurrence } from '../../model/events/incident.ts';
import { jsonBytes } from '../../model/json-size.ts';
import type { Pattern } from '../../model/pattern.ts';
import type { Incident } from '../../model/state.ts';
import { createTokenBuckets } from '../../model/token-buckets.ts';

interface Ports {
  /** By what the log knows; may reject, and may take as long as a disk that hangs. */
  read(incident: Incident): Promise<Pattern | null>;
  onTrouble(what: string, cause: unknown): void;
  /** ms, of a clock that never jumps. */
  now?(): number;
}

/** A verdict waits no longer for what happened before, ms. */
const limitMs = 300;

/** What it may take of the event of a verdict, beside the verdict itself (`agent/explain/explain.ts`). */
const maxBytes = 1000;

/** Whole sentences: where both do not fit, the one that says how often. */
const fitting = ({ count, text, prevention }: Pattern): Recurrence | null => {
  const forms: Recurrence[] = [
    { count, text, prevention },
    { count, text, prevention: null },
  ];
  return forms.find((form) => jsonBytes(form) <= maxBytes) ?? null;
};

/** Each has records of up to 8 KiB in memory: where many verdicts come at once, the others do without. */
const mostAtOnce = 4;

/**
 * A long history is parsed for as long as it takes to read: after some at once, the fiftieth part of the time, ms. A session
 * that crashes every second must not cost more.
 */
const time = { most: 2000, perSecond: 20 };

/** Nobody in particular spends it. */
const anybody = 0;

/** Tells how the same came about before; null: it did not, or the log did not say so in time. Never rejects. */
export const createRecalling = ({ read, onTrouble, now = () => performance.now() }: Ports) => {
  const spare = createTokenBuckets(now, time);
  let reading = 0;

  const pattern = async (incident: Incident): Promise<Pattern | null> => {
    const begun = now();
    reading += 1;
    try {
      return await read(incident);
    } catch (cause) {
      onTrouble('whether the same happened before is not known', cause);
      return null;
    } finally {
      reading -= 1;
      spare.spend(anybody, Math.min(limitMs, now() - begun));
    }
  };

  return async (incident: Incident): Promise<Recurrence | null> => {
    if (reading >= mostAtOnce || spare.waitMs(anybody) > 0) return null;
    const { promise: late, resolve } = Promise.withResolvers<null>();
    const timer = setTimeout(resolve, limitMs, null);
    const found = await Promise.race([pattern(incident), late]);
    clearTimeout(timer);
    return found && fitting(found);
  };
};
