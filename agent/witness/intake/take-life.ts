import { isClient } from '../../model/tmux-client.ts';
import { firstArguments } from '../process/first-arguments.ts';
import type { Lives } from '../process/lives.ts';
import type { ProcessLife } from '../process/process-life.ts';
import { parseExecArguments } from '../trace/parse/exec-arguments.ts';
import { parseProcessExec } from '../trace/parse/process-exec.ts';
import { parseProcessExit } from '../trace/parse/process-exit.ts';
import { parseProcessFork } from '../trace/parse/process-fork.ts';
import type { TraceRecord } from '../trace/parse/record.ts';
import { parseTaskNewtask } from '../trace/parse/task-newtask.ts';

/** How a probe tells of arguments: as a program is asked for, or as it begins. */
export type Telling = 'asked' | 'entered';

/** @returns who ended by it */
type Take = (record: TraceRecord, lives: Lives, telling: Telling) => ProcessLife | null;

const takeThread: Take = ({ tid, text }, lives) => {
  const thread = parseTaskNewtask(text);
  if (thread !== null) lives.threadComes(tid, thread);
  return null;
};

const takeFork: Take = ({ at, tid, text }, lives) => {
  const fork = parseProcessFork(text, tid);
  if (fork) lives.forked(at, fork.pid, fork.childPid, fork.childComm);
  return null;
};

const takeExec: Take = ({ at, tid, comm, text }, lives) => {
  const exec = parseProcessExec(text, tid);
  if (exec) lives.became(at, tid, comm, exec.filename);
  return null;
};

const takeExit: Take = ({ at, tid, text }, lives) => {
  const exit = parseProcessExit(text, tid);
  if (exit && exit.groupDead !== true) lives.threadEnded(exit.pid);
  // A first thread may end before its process does.
  return exit && exit.groupDead !== false ? lives.ended(at, exit.pid, exit.comm) : null;
};

/** By the names of `tracedLives`. */
export const takenEvents: ReadonlyMap<string, Take> = new Map([
  ['task_newtask', takeThread],
  ['sched_process_fork', takeFork],
  ['sched_process_exec', takeExec],
  ['sched_process_exit', takeExit],
]);

const takeArguments: Take = ({ at, tid, comm, text }, lives, telling) => {
  const argv = parseExecArguments(text)?.argv ?? [];
  if (argv.length > 0) lives[telling](at, tid, comm, firstArguments(argv));
  return null;
};

/**
 * Takes a record of a beginning, of what a process became, or of an end.
 * @returns the client of tmux that ended by it
 */
export const takeLife = (
  record: TraceRecord,
  lives: Lives,
  telling: Telling,
): ProcessLife | null => {
  // Only probes of ours have other names, chosen as they were defined.
  const take = takenEvents.get(record.event) ?? takeArguments;
  const ended = take(record, lives, telling);
  return ended && isClient(ended.comm) ? { ...ended } : null;
};
