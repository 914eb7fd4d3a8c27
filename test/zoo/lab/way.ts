import type { ServerKind } from '../ground/ground.ts';
import type { Expected } from '../way.ts';
import type { LabGround } from './ground.ts';

/** One way to die for which a whole machine is wanted: systemd, names, memory, power. */
export interface LabWay {
  /** Lower case with dashes, unlike every other. */
  name: string;
  /** What happens, in one sentence. */
  sentence: string;
  /** Whose server it ends, or ends something on. */
  server: ServerKind;
  /** As `Way.run`; what it changed of the machine is as before when `mend` has been called. */
  run(ground: LabGround): Promise<Expected>;
}
