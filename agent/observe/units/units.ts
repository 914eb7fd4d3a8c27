import { type Kernel, realKernel } from '../../model/cgroup.ts';
import type { NewEvent } from '../../model/event.ts';
import { messageOf } from '../../model/failure.ts';
import type { Samples } from '../../model/samples.ts';
import type { State } from '../../model/state.ts';
import type { UnitsNow } from '../../model/status/describe.ts';
import type { UnitState } from '../../model/unit-state.ts';
import { askSystemd } from './ask-systemd.ts';
import { createKnownUnits } from './known-units.ts';
import type { AskPastRun } from './past-run.ts';
import { pastsOf } from './pasts.ts';
import type { Shown } from './shown.ts';
import { createSingleFlight } from './single-flight.ts';
import { watchGroup } from './watch-group.ts';

export interface UnitsPorts {
  state(): State;
  samples: Samples;
  record(events: readonly NewEvent[]): void;
  now(): number;
  /** ms, of a clock that never jumps. */
  tick(): number;
  /** systemd answered for the first time, or again. */
  onObserved(): void;
  /** @throws Failure `systemd-silent` */
  ask?(units: readonly string[]): Promise<Shown[]>;
  /** When the agent before this one was last there, ms since the epoch; default: never. */
  seenUntil?: number;
  /** Default: nothing is known of a run that is over. */
  past?: AskPastRun;
  kernel?: Kernel;
  watch?: typeof watchGroup;
}

/** How often systemd is asked, ms: what ends is told by the kernel, what is started is not. */
const everyMs = 5000;
/** While a unit is between two states. */
const restlessMs = 1000;

const isRestless = ({ load, active }: Shown): boolean =>
  load === 'loaded' && !['active', 'inactive', 'failed'].includes(active);

const nothingKnown: AskPastRun = () => Promise.resolve(null);

/** The declared units, by systemd's own word. Nothing is asked while none is declared. */
export const createUnits = ({
  ask = askSystemd,
  past = nothingKnown,
  kernel = realKernel,
  watch = watchGroup,
  seenUntil = 0,
  ...ports
}: UnitsPorts) => {
  const { state, samples, now, tick } = ports;
  let lookedAt = Number.NEGATIVE_INFINITY;
  /** Why systemd does not answer; null: it did. */
  let silence: string | null = null;
  let answered = false;

  const knownUnits = createKnownUnits({
    ...{ state, samples, kernel, watch, seenUntil },
    onChange: () => void look(),
  });

  const { declared } = knownUnits;

  const takeAll = async (units: readonly UnitState[]): Promise<void> => {
    const shown = await ask(units.map(({ unit }) => unit));
    const at = now();
    const pasts = await pastsOf(units, shown, past, knownUnits.lastSeen);
    for (const [i, { session, unit }] of units.entries()) {
      // The configuration may be another one by now.
      const current = state().units?.[session];
      const one = shown[i];
      if (!one || current?.unit !== unit) continue;
      const events = knownUnits.take(current, one, pasts[i] ?? null, at);
      if (events.length > 0) ports.record(events);
    }
    knownUnits.keepSamples(at);
  };

  const lookOnce = async (): Promise<void> => {
    const units = declared();
    lookedAt = tick();
    if (units.length > 0) {
      await takeAll(units);
      const isFirst = !answered || silence !== null;
      silence = null;
      answered = true;
      if (isFirst) ports.onObserved();
    }
    knownUnits.keepDeclared();
  };

  const look = createSingleFlight(lookOnce, (cause) => {
    silence = messageOf(cause);
  });

  const isDue = (): boolean => {
    const isQuick =
      [...knownUnits.all.values()].some(({ shown }) => isRestless(shown)) ||
      declared().some(({ status }) => status === 'unknown' && silence === null);
    return tick() - lookedAt >= (isQuick ? restlessMs : everyMs);
  };

  return {
    look,
    /** To be called every second. */
    turn: (): Promise<void> => (declared().length > 0 && isDue() ? look() : Promise.resolve()),
    known: knownUnits.all,
    /** For the document about now. */
    status: (): UnitsNow => ({
      unseen: declared().length > 0 ? silence : null,
      restartsOf: (name) => knownUnits.all.get(name)?.shown.restarts ?? null,
    }),
    stop: knownUnits.stop,
  };
};
