import { type Bytes, decodeBytes, linesUpTo, maxCommBytes } from './bytes.ts';

/** A thread ended. */
export interface ProcessExit {
  comm: string;
  /** Of the thread. */
  pid: number;
  /** It was the last of its process; null: an older kernel, which does not tell. */
  groupDead: boolean | null;
}

const shape =
  /^comm=(?<tail>([\s\S]{0,15}) pid=(\d{1,10}) prio=-?\d{1,10}(?: group_dead=(true|false))?)$/;

/** The text of `sched_process_exit`; null: another text. `tid`: of the record, the same as the pid. */
export const parseProcessExit = (text: Bytes, tid: number): ProcessExit | null => {
  const [, , comm, pid, groupDead] = shape.exec(text) ?? [];
  if (comm === undefined || Number(pid) !== tid) return null;
  const known = groupDead === undefined ? null : groupDead === 'true';
  return { comm: decodeBytes(comm), pid: tid, groupDead: known };
};

/**
 * Not where a comm has room for all that was read of it and the newline: it could be " pid=5 prio=1\n", and the true
 * numbers are yet to come.
 */
export const isWholeProcessExit = (text: Bytes, tid: number): boolean =>
  parseProcessExit(text, tid) !== null &&
  (shape.exec(text)?.groups?.['tail'] ?? '').length >= maxCommBytes &&
  // After one that was not sure the next line may be of the next header, whatever it looks like.
  !linesUpTo(text).some((part) => parseProcessExit(part, tid));
