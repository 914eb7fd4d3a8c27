import { type Bytes, decodeBytes, linesUpTo, maxCommBytes } from './bytes.ts';

/** A thread was made, or the first one of a process: the kernel does not say which. */
export interface ProcessFork {
  pid: number;
  comm: string;
  childPid: number;
  childComm: string;
}

const shape =
  /^comm=([\s\S]{0,15}) pid=(\d{1,10}) child_comm=(?<tail>([\s\S]{0,15}) child_pid=(\d{1,10}))$/;

/** The text of `sched_process_fork`; null: another text. `tid`: of the record, and so of the parent. */
export const parseProcessFork = (text: Bytes, tid: number): ProcessFork | null => {
  const [, comm, pid, , childComm, childPid] = shape.exec(text) ?? [];
  if (comm === undefined || childComm === undefined || Number(pid) !== tid) return null;
  return {
    pid: tid,
    comm: decodeBytes(comm),
    childPid: Number(childPid),
    childComm: decodeBytes(childComm),
  };
};

/**
 * Not where a comm has room for all that was read of it and the newline: it could be "x child_pid=7\n", and the true
 * number is yet to come.
 */
export const isWholeProcessFork = (text: Bytes, tid: number): boolean =>
  parseProcessFork(text, tid) !== null &&
  (shape.exec(text)?.groups?.['tail'] ?? '').length >= maxCommBytes &&
  // After one that was not sure the next line may be of the next header, whatever it looks like.
  !linesUpTo(text).some((part) => parseProcessFork(part, tid));
