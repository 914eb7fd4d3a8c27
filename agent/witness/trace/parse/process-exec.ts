import { type Bytes, decodeBytes } from './bytes.ts';

/** A process became another program. */
export interface ProcessExec {
  /** As it was given to execve(2): maybe relative. */
  filename: string;
  pid: number;
  /** Of the thread that asked for it; it goes on with the pid of the process. */
  oldPid: number;
}

const shape = /^filename=([^\n]*) pid=(\d{1,10}) old_pid=(\d{1,10})$/;

/**
 * The text of `sched_process_exec`; null: another text. `tid`: of the record, the same as the pid. The event has to be
 * filtered so that no file name holds a newline: then a line is the whole text.
 */
export const parseProcessExec = (text: Bytes, tid: number): ProcessExec | null => {
  const [, filename, pid, oldPid] = shape.exec(text) ?? [];
  if (filename === undefined || Number(pid) !== tid) return null;
  return { filename: decodeBytes(filename), pid: tid, oldPid: Number(oldPid) };
};
