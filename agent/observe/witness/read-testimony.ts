import * as v from 'valibot';
import type { Testimony, WitnessedCommand } from '../../model/witnessed.ts';
import { maxCommands } from '../../protocol/witness.ts';

const time = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const maybeCount = v.nullable(count);
const seenBy = v.picklist(['probe', 'proc', 'file']);

const ancestor = {
  /** 0: no process ran then. */
  pid: count,
  startTime: maybeCount,
  comm: v.pipe(v.string(), v.maxLength(64)),
  cmdline: v.nullable(v.pipe(v.string(), v.maxLength(1000))),
  file: v.exactOptional(v.pipe(v.string(), v.maxLength(1000))),
  seenBy: v.nullable(seenBy),
};

const seen = v.object({
  ...ancestor,
  uid: maybeCount,
  loginUid: maybeCount,
  auditSession: maybeCount,
  cgroup: v.nullable(v.pipe(v.string(), v.maxLength(4096))),
  ancestry: v.pipe(v.array(v.object(ancestor)), v.maxLength(32)),
});

const signal = v.object({
  at: time,
  signal: count,
  code: v.pipe(v.number(), v.integer()),
  toGroup: v.boolean(),
  result: v.picklist(['delivered', 'ignored', 'pending', 'lost']),
  sender: seen,
  victim: seen,
  caught: v.nullable(v.boolean()),
});

const testimony: v.GenericSchema<unknown, Testimony> = v.object({
  since: time,
  lost: v.array(v.object({ at: time, count })),
  signals: v.array(signal),
  ooms: v.array(v.object({ at: time, victim: seen, anonBytes: maybeCount })),
  clients: v.array(v.object({ at: time, process: seen })),
  clientsSince: v.exactOptional(time),
  readUntil: v.exactOptional(time),
  method: seenBy,
});

const commands: v.GenericSchema<unknown, WitnessedCommand[]> = v.pipe(
  v.array(v.object({ at: time, process: seen })),
  v.maxLength(maxCommands),
);

/** None where what is told cannot be read. */
export const readCommands = (told: unknown): WitnessedCommand[] => {
  const read = v.safeParse(commands, told);
  return read.success ? read.output : [];
};

/** The witness may be of another release: it is started again by itself, and what it says then may have another shape. */
export const readTestimony = (told: unknown): { testimony: Testimony } | { untold: string } => {
  const read = v.safeParse(testimony, told);
  return read.success
    ? { testimony: read.output }
    : { untold: 'the witness says what cannot be read: is it of another release?' };
};
