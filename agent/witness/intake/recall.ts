import { fromKernel, type WitnessedOom, type WitnessedSignal } from '../../model/witnessed.ts';
import { wallOf } from '../clock.ts';
import type { Recalled } from '../memory/recollection.ts';
import { identify } from '../process/identify.ts';
import type { Lives } from '../process/lives.ts';
import { catches } from '../process/proc.ts';
import type { ProcessLife } from '../process/process-life.ts';
import type { Sight } from '../process/sight.ts';
import type { MarkedVictim } from '../trace/parse/mark-victim.ts';
import type { TraceRecord } from '../trace/parse/record.ts';
import type { SignalGenerated } from '../trace/parse/signal-generate.ts';
import type { Noticed } from './notice.ts';

const signalOf = (
  record: TraceRecord,
  fields: SignalGenerated,
  seen: Sight,
  lives: Lives,
): WitnessedSignal => {
  const { at, tid, comm } = record;
  const { signal, toGroup } = fields;
  // A timer or a file, in the name of whoever was running.
  const code = record.interrupts ? fromKernel : fields.code;
  const result = lives.wasEnding(lives.processOf(fields.pid), at) ? 'ignored' : fields.result;
  const victim = seen(fields.pid, at);
  return {
    ...{ at: wallOf(at), signal, code, toGroup, result },
    sender: identify(tid, at, comm, seen, lives),
    victim: identify(fields.pid, at, fields.comm, seen, lives),
    caught: victim && catches(victim, signal),
  };
};

const oomOf = (
  { at }: TraceRecord,
  fields: MarkedVictim,
  seen: Sight,
  lives: Lives,
): WitnessedOom => ({
  at: wallOf(at),
  victim: identify(fields.pid, at, fields.comm ?? '<...>', seen, lives),
  anonBytes: fields.anonBytes,
});

/** What was noticed, with all that is known by now: who was it, and whom did it hit? */
export const recallOf = (noticed: Noticed, lives: Lives): Recalled => {
  const { record, sight } = noticed;
  return noticed.kind === 'oom'
    ? { kind: 'oom', fact: oomOf(record, noticed.fields, sight, lives) }
    : { kind: 'signal', fact: signalOf(record, noticed.fields, sight, lives) };
};

/** The end of a client of tmux. */
export const clientOf = (
  { pid, comm, endedAt }: ProcessLife,
  seen: Sight,
  lives: Lives,
): Recalled => {
  const at = endedAt ?? 0;
  return {
    kind: 'client',
    fact: { at: wallOf(at), process: identify(pid, at, comm, seen, lives) },
  };
};
