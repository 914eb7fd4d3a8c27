import { isWholeExecArguments } from './exec-arguments.ts';
import { parseMarkVictim } from './mark-victim.ts';
import { parseProcessExec } from './process-exec.ts';
import { isWholeProcessExit } from './process-exit.ts';
import { isWholeProcessFork } from './process-fork.ts';
import type { IsWhole } from './record-reader.ts';
import { parseSignalGenerate } from './signal-generate.ts';

/**
 * Of the instance that tells of signals. Others choose only comms there, too short for a record of their own; and
 * what follows a comm is longer than one.
 */
export const signalEvents: ReadonlyMap<string, IsWhole> = new Map<string, IsWhole>([
  ['signal_generate', (text) => parseSignalGenerate(text) !== null],
  ['mark_victim', (text) => parseMarkVictim(text) !== null],
]);

/** Of the instance that tells of beginnings and ends. A filter keeps file names with a newline out. */
export const lifeEvents: ReadonlyMap<string, IsWhole> = new Map<string, IsWhole>([
  ['sched_process_fork', isWholeProcessFork],
  ['sched_process_exec', (text, tid) => parseProcessExec(text, tid) !== null],
  ['sched_process_exit', isWholeProcessExit],
]);

/**
 * Of the instance with our own probes. Arguments are long enough for whole lines, so the names must hold what nobody
 * else can know.
 */
export const argumentEvents = (names: Iterable<string>): ReadonlyMap<string, IsWhole> =>
  new Map([...names].map((name) => [name, isWholeExecArguments]));
