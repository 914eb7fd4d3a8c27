import { createTimers } from './timers.ts';

/** What the agent does again and again. */
export interface Turns {
  /** Measures the machine and the sessions. */
  measure(): Promise<void>;
  /** Looks at what time alone may have changed; after each measure that was due. */
  measured(): void;
  /** Looks at the health of sessions. */
  look(): void;
  status(): void;
  health(): void;
  /** Writes a line about the health of each session and bot. */
  sessions(): void;
  retain(): Promise<void>;
  /** Asks the witness how it fares. */
  witness(): Promise<void>;
  /** Asks systemd how the declared units are, when it is time to. */
  units(): Promise<void>;
  /** Tries which sources of evidence can be read. */
  sources(): Promise<void>;
  /** Keeps what sessions show. */
  screens(): Promise<void>;
  /** Gives memory back that is not needed any more. */
  giveBack(): void;
  watchdog(): void;
}

const sampleEveryMs = 5000;
/** A new life is measured this soon, once its shell has begun its command. */
const youngMs = 300;
const lookEveryMs = 1000;
const stateEveryMs = 1000;
const retainEveryMs = 3_600_000;
const witnessEveryMs = 5000;
const sourcesEveryMs = 3_600_000;
const sessionsEveryMs = 300_000;
const giveBackEveryMs = 60_000;
/** What is lost of a screen when the machine loses its power. */
const screensEveryMs = 60_000;

/** A measure this old means that the loop does not do its work. */
const staleMs = 4 * sampleEveryMs;

/** Gives each its turn until `stop`. */
export const startSchedule = (
  turns: Turns,
  { healthMs, watchdogMs }: { healthMs: number; watchdogMs: number | null },
  onTrouble: (what: string, cause: unknown) => void,
) => {
  let measuredAt = performance.now();
  const measureNow = async (): Promise<void> => {
    await turns.measure();
    measuredAt = performance.now();
  };
  const timers = createTimers(onTrouble);
  timers.every(sampleEveryMs, async () => {
    await measureNow();
    turns.measured();
  });
  timers.every(lookEveryMs, turns.look);
  timers.every(lookEveryMs, turns.units);
  timers.every(stateEveryMs, turns.status);
  timers.every(healthMs, turns.health);
  timers.every(sessionsEveryMs, turns.sessions);
  timers.every(retainEveryMs, turns.retain);
  timers.every(witnessEveryMs, turns.witness);
  timers.every(sourcesEveryMs, turns.sources);
  timers.every(screensEveryMs, turns.screens);
  timers.every(giveBackEveryMs, turns.giveBack);
  // The ping is the result of a check: the loop turns, and its measures are fresh.
  timers.every((watchdogMs ?? Number.POSITIVE_INFINITY) / 3, () => {
    if (performance.now() - measuredAt < staleMs) turns.watchdog();
  });
  return { measureNow, measureSoon: () => timers.once(youngMs, measureNow), stop: timers.stop };
};
