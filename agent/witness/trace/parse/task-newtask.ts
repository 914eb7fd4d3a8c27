import type { Bytes } from './bytes.ts';

/** A comm has at most 15 bytes, and what follows it is longer: it cannot look like the end of a record. */
const shape =
  /^pid=(\d{1,10}) comm=[\s\S]{0,15} clone_flags=[0-9a-f]{1,16} oom_score_adj=-?\d{1,4}$/;

/** The task that was made, by the text of `task_newtask`; null: another text. The kernel filters: it is a thread. */
export const parseTaskNewtask = (text: Bytes): number | null => {
  const [, tid] = shape.exec(text) ?? [];
  return tid === undefined ? null : Number(tid);
};
