import type { RecordedEvent } from './instance.ts';
import { isWholeExecArguments } from './parse/exec-arguments.ts';
import { parseMarkVictim } from './parse/mark-victim.ts';
import { parseProcessExec } from './parse/process-exec.ts';
import { isWholeProcessExit } from './parse/process-exit.ts';
import { isWholeProcessFork } from './parse/process-fork.ts';
import type { IsWhole } from './parse/record-reader.ts';
import { parseSignalGenerate } from './parse/signal-generate.ts';
import { parseTaskNewtask } from './parse/task-newtask.ts';

/** What the kernel is to record, and when a text of it that was read is all of it. */
export interface TracedEvent extends RecordedEvent {
  isWhole: IsWhole;
}

/** Endings of people and machines, stops and continuations (signal(7)). */
const always = 'sig < 32 && sig != 14 && sig != 17 && sig != 20 && sig != 21 && sig != 22';

/** Programs have these sent to themselves or their children all the time: timers, terminals, the Go runtime. */
const noisy = 'sig != 23 && sig != 26 && sig != 27 && sig != 28 && sig != 29';

/** Those of timers and files, and all that have no name. */
const seldom = 'sig == 14 || sig == 26 || sig == 27 || sig == 29 || sig > 31';

/**
 * A process sent it, whatever the code says, as opposed to the kernel (128) and what came as an interrupt: timers, and
 * files as something arrives. Those are `TRACE_FLAG_HARDIRQ` and `TRACE_FLAG_SOFTIRQ`, include/linux/trace_events.h.
 */
const byProcess = '!(common_flags & 24) && code != 128';

/** The same as far as the code tells it, which the sender may choose: not of a fault or a file (above 0), nor a timer (-2). */
const byCode = 'code <= 0 && code != -2';

const signals = (sent: string): string => `(${always} && ${noisy}) || ((${seldom}) && ${sent})`;

/**
 * Signals that may end a process, and those that stop one. Others choose only comms there, too short for a record of
 * their own; and what follows a comm is longer than one.
 */
export const tracedSignals: readonly TracedEvent[] = [
  {
    event: 'signal/signal_generate',
    filter: signals(byProcess),
    // For a kernel that has no conditions on `common_flags`.
    simplerFilter: signals(byCode),
    isWhole: (text) => parseSignalGenerate(text) !== null,
  },
  { event: 'oom/mark_victim', filter: null, isWhole: (text) => parseMarkVictim(text) !== null },
];

/** `CLONE_THREAD` of clone(2). */
const cloneThread = 0x10000;

/**
 * Who began whom. No file name here holds a line feed: everything else in these records is a number or a short name,
 * so that no process can put a record of its own making among them.
 */
export const tracedLives: readonly TracedEvent[] = [
  // Comes just before the next, which does not say that it is of a thread.
  {
    event: 'task/task_newtask',
    filter: `clone_flags & ${cloneThread}`,
    isWhole: (text) => parseTaskNewtask(text) !== null,
  },
  { event: 'sched/sched_process_fork', filter: null, isWhole: isWholeProcessFork },
  {
    event: 'sched/sched_process_exec',
    filter: '!(filename ~ "*\n*")',
    isWhole: (text, tid) => parseProcessExec(text, tid) !== null,
  },
  { event: 'sched/sched_process_exit', filter: null, isWhole: isWholeProcessExit },
];

/**
 * A probe of our own. Arguments are long enough for whole lines, so its name must hold what nobody else can know.
 * @param event its place below `events/`, or its name alone
 */
export const tracedArguments = (event: string): TracedEvent => ({
  event,
  filter: null,
  isWhole: isWholeExecArguments,
});

/** For a reader: by the names that stand in the records. */
export const wholeByName = (events: readonly TracedEvent[]): ReadonlyMap<string, IsWhole> =>
  new Map(events.map(({ event, isWhole }) => [event.slice(event.lastIndexOf('/') + 1), isWhole]));
