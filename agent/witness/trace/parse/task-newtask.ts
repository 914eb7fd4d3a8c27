import type { Bytes } from './bytes.ts';

/** A task that was made: a thread, where the filter lets nothing else through. */
export interface NewTask {
  tid: number;
  flags: number;
}

/** A comm has at most 15 bytes, and what follows it is longer: it cannot look like the end of a record. */
const shape =
  /^pid=(\d{1,10}) comm=[\s\S]{0,15} clone_flags=([0-9a-f]{1,16}) oom_score_adj=-?\d{1,4}$/;

/** The text of `task_newtask`; null: another text. */
export const parseTaskNewtask = (text: Bytes): NewTask | null => {
  const [, tid, flags] = shape.exec(text) ?? [];
  if (tid === undefined || flags === undefined) return null;
  return { tid: Number(tid), flags: Number.parseInt(flags, 16) };
};
