import type { DeathRecord } from '../../model/events/death.ts';
import type { WitnessedSignal } from '../../model/witnessed.ts';
import type { Nature } from './nature.ts';

/** The signal that ended a session or a server, as the kernel told it. */
export interface Finding {
  /** Null: it ended the server. */
  death: DeathRecord | null;
  signal: WitnessedSignal;
  nature: Nature;
  /**
   * How it led to the end: `direct`, nothing could be done about it; `child`, it ended a program whose status the
   * first one handed on; `heeded`, the program handled it and then ended.
   */
  way: 'direct' | 'child' | 'heeded';
  /** Whether nothing of it is inferred. */
  certain: boolean;
  /** Panes of the session whose end nothing explains. */
  untoldPanes?: number;
}
