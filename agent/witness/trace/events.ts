import type { TracedEvent } from './instance.ts';

/** Endings of people and machines, stops and continuations (signal(7)). */
const always = 'sig < 32 && sig != 14 && sig != 17 && sig != 20 && sig != 21 && sig != 22';

/** Programs have these sent to themselves or their children all the time: timers, terminals, the Go runtime. */
const noisy = 'sig != 23 && sig != 26 && sig != 27 && sig != 28 && sig != 29';

/** Somebody sent it, as opposed to the kernel (above 0 or 128) and timers (-2, SI_TIMER). */
const byHand = 'code <= 0 && code != -2';

/** Signals that may end a process, and those that stop one. */
export const signalEvents: readonly TracedEvent[] = [
  {
    event: 'signal/signal_generate',
    filter: `(${always} && ${noisy}) || (${byHand} && (sig == 14 || sig == 26 || sig == 27 || sig == 29 || sig > 33))`,
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
