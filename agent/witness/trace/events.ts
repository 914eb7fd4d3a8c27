import type { TracedEvent } from './instance.ts';

/** Endings of people and machines, stops and continuations (signal(7)). */
const always = 'sig < 32 && sig != 14 && sig != 17 && sig != 20 && sig != 21 && sig != 22';

/** Programs have these sent to themselves or their children all the time: timers, terminals, the Go runtime. */
const noisy = 'sig != 23 && sig != 26 && sig != 27 && sig != 28 && sig != 29';

/** Those of timers and files, and all that have no name. */
const seldom = 'sig == 14 || sig == 26 || sig == 27 || sig == 29 || sig > 31';

/** The C library has its threads do things by these. */
const ofLibrary = '(sig == 32 || sig == 33) && code == -6';

/**
 * A process sent it, whatever the code says, as opposed to the kernel (128) and what came as an interrupt: timers, and
 * files as something arrives. Those are `TRACE_FLAG_HARDIRQ` and `TRACE_FLAG_SOFTIRQ`, include/linux/trace_events.h.
 */
const byProcess = '!(common_flags & 24) && code != 128';

/** The same as far as the code tells it, which the sender may choose: not of a fault or a file (above 0), nor a timer (-2). */
const byCode = 'code <= 0 && code != -2';

const signals = (sent: string): string =>
  `(${always} && ${noisy}) || ((${seldom}) && !(${ofLibrary}) && ${sent})`;

/** Signals that may end a process, and those that stop one. */
export const signalEvents: readonly TracedEvent[] = [
  {
    ...{ event: 'signal/signal_generate', filter: signals(byProcess) },
    // For a kernel that has no conditions on `common_flags`.
    simplerFilter: signals(byCode),
  },
  { event: 'oom/mark_victim', filter: null },
];

/**
 * Who began whom. No file name here holds a line feed: everything else in these records is a number or a short name,
 * so that no process can put a record of its own making among them.
 */
export const lifeEvents: readonly TracedEvent[] = [
  { event: 'sched/sched_process_fork', filter: null },
  { event: 'sched/sched_process_exec', filter: '!(filename ~ "*\n*")' },
  { event: 'sched/sched_process_exit', filter: null },
];
