import { RequestFailure } from '../../model/failure.ts';
import { findUnit } from '../../model/find.ts';
import type { State } from '../../model/state.ts';
import { type JobMode, systemctl } from './systemctl.ts';

/**
 * Together with the look afterwards (`agent/observe/units/ask-systemd.ts`) less than who asked for it waits for an answer
 * (`callMs` of `agent/wire/peer.ts`). ms
 */
const limitMs = 9000;

type UnitVerb = 'stop' | 'restart';

/** How it is done. */
interface UnitHow {
  mode: JobMode;
  /** Only while this life of it goes on; absent or null: whatever it is at. */
  life?: string | null;
}

/**
 * Has systemd stop or restart a declared unit, by the name it is declared by, and sees what came of it.
 * @throws Failure `unit-refused` with systemctl's own words, `unit-slow` where systemd is not done yet; RequestFailure
 * `not-declared`, `no-such-life`
 */
export type ControlUnit = (verb: UnitVerb, name: string, how: UnitHow) => Promise<void>;

export interface DeclaredUnitsPorts {
  state(): State;
  /** Asks systemd how the units are now: who waits for the action is told of its effect before. */
  look(): Promise<void>;
  /** Default: the real one. */
  systemctl?: typeof systemctl;
}

/** The declared units, allowed to us one by one by the polkit rule that `holdfast polkit` prints. */
export const createControlUnit =
  ({ state, look, ...ports }: DeclaredUnitsPorts): ControlUnit =>
  async (verb, name, { mode, life = null }) => {
    // What was decided is a moment old: a restart would start what somebody has stopped since.
    if (life !== null) await look();
    const unit = findUnit(state(), name);
    if (!unit) throw new RequestFailure('not-declared', `no unit "${name}" is declared`);
    if (life !== null && unit.life !== life) {
      throw new RequestFailure('no-such-life', 'the unit ended meanwhile');
    }
    try {
      await (ports.systemctl ?? systemctl)(verb, unit.unit, { timeout: limitMs, mode });
    } finally {
      await look();
    }
  };
