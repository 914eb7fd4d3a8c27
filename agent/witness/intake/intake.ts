import type { WitnessedOom, WitnessedSignal } from '../../model/witnessed.ts';
import { type Breathe, createBreather } from '../breather.ts';
import { wallOf } from '../clock.ts';
import type { Recalled } from '../memory/recollection.ts';
import { identify } from '../process/identify.ts';
import type { Lives } from '../process/lives.ts';
import { catches } from '../process/proc.ts';
import { createSight, lookAlong, type Sight } from '../process/sight.ts';
import { type MarkedVictim, parseMarkVictim } from '../trace/parse/mark-victim.ts';
import type { TraceRecord } from '../trace/parse/record.ts';
import { parseSignalGenerate, type SignalGenerated } from '../trace/parse/signal-generate.ts';
import { createRepeats } from './repeats.ts';
import { type Telling, takeLives } from './take-lives.ts';

/** So many processes are looked at for one piece of what came: somebody may send thousands of signals. */
const mostLooks = 64;

export interface IntakePorts {
  lives: Lives;
  telling: Telling;
  /** What the kernel has recorded of beginnings and ends since it was asked last. */
  readLives(breathe: Breathe): TraceRecord[];
  remember(entry: Recalled): void;
}

type Noticed = { record: TraceRecord; sight: Sight } & (
  | { kind: 'signal'; fields: SignalGenerated }
  | { kind: 'oom'; fields: MarkedVictim }
);

/** `SI_KERNEL` (sigaction(2)). */
const fromKernel = 128;

/** Whatever else is told of a signal, whoever sends it may change from one to the next. */
const keyOf = (sender: number, { pid, signal }: SignalGenerated): string =>
  `${sender} ${pid} ${signal}`;

/** `SI_TIMER` of a thread to itself: profilers do so hundreds of times a second (timer_create(2)). */
const isOwnTimer = (tid: number, { code, pid }: SignalGenerated): boolean =>
  code === -2 && pid === tid;

/** Turns records of the kernel into what is remembered: who was it, and whom did it hit? */
export const createIntake = ({ lives, telling, readLives, remember }: IntakePorts) => {
  let noticed: Noticed[] = [];
  let sight = createSight();
  const repeats = createRepeats();

  const look = (pid: number, at: number): void => {
    if (noticed.length <= mostLooks) lookAlong(sight, pid, at);
  };

  const signalOf = (record: TraceRecord, fields: SignalGenerated, seen: Sight): WitnessedSignal => {
    const { at, tid, comm } = record;
    const { signal, toGroup } = fields;
    // A timer or a file, in the name of whoever was running.
    const code = record.interrupts ? fromKernel : fields.code;
    const result = lives.wasEnding(fields.pid, at) ? 'ignored' : fields.result;
    const victim = seen(fields.pid, at);
    return {
      ...{ at: wallOf(at), signal, code, toGroup, result },
      sender: identify(tid, at, comm, seen, lives),
      victim: identify(fields.pid, at, fields.comm, seen, lives),
      caught: victim && catches(victim, signal),
    };
  };

  const oomOf = ({ at }: TraceRecord, fields: MarkedVictim, seen: Sight): WitnessedOom => ({
    at: wallOf(at),
    victim: identify(fields.pid, at, fields.comm ?? '<...>', seen, lives),
    anonBytes: fields.anonBytes,
  });

  /** Reads what the kernel knows of beginnings and ends, and remembers whose ends count. */
  const catchUp = (breathe = createBreather()): void => {
    const seen = createSight();
    for (const { pid, comm, endedAt } of takeLives(readLives(breathe), lives, telling, breathe)) {
      const at = endedAt ?? 0;
      const process = identify(pid, at, comm, seen, lives);
      remember({ kind: 'client', fact: { at: wallOf(at), process } });
    }
  };

  return {
    /** Looks at once at who is there: a killer lives for a millisecond. */
    notice(record: TraceRecord): void {
      const { at, tid, event, text } = record;
      if (event === 'signal_generate') {
        const fields = parseSignalGenerate(text);
        if (!fields || isOwnTimer(tid, fields)) return;
        if (repeats.isOneTooMany(keyOf(tid, fields), at)) return;
        noticed.push({ kind: 'signal', record, fields, sight });
        look(tid, at);
        look(fields.pid, at);
      } else {
        const fields = parseMarkVictim(text);
        if (!fields) return;
        noticed.push({ kind: 'oom', record, fields, sight });
        look(fields.pid, at);
      }
    },
    catchUp: () => catchUp(),
    /** Remembers what was noticed, with all that is known by now. */
    settle(): void {
      if (noticed.length === 0) return;
      const settled = noticed;
      noticed = [];
      sight = createSight();
      const breathe = createBreather();
      catchUp(breathe);
      for (const one of settled) {
        breathe();
        const { record } = one;
        if (one.kind === 'oom') {
          remember({ kind: 'oom', fact: oomOf(record, one.fields, one.sight) });
        } else remember({ kind: 'signal', fact: signalOf(record, one.fields, one.sight) });
      }
    },
  };
};
