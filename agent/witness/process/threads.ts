import { putLast } from '../put-last.ts';

/** Threads as the kernel's records tell of them. Bounded: the oldest go first. */
export const createThreads = (most: number) => {
  /** The thread that a task has just made, by who made it. */
  const coming = new Map<number, number>();
  const makers = new Map<number, number>();

  const processOf = (tid: number): number => makers.get(tid) ?? tid;

  return {
    /** Told just before the task is begun; not of every one (io_uring) it is told that it did. */
    comes: (maker: number, tid: number): void => void putLast(coming, maker, tid, most),
    /** A task was begun. @returns whether it is a thread; any other has a number that no thread has any more */
    begun(maker: number, tid: number): boolean {
      const isThread = coming.get(maker) === tid;
      coming.delete(maker);
      // A thread makes others of the same process.
      if (isThread) putLast(makers, tid, processOf(maker), most);
      else makers.delete(tid);
      return isThread;
    },
    /** Its number may be that of a process next. */
    ended: (tid: number): void => void makers.delete(tid),
    /** Records are missing: any number may be somebody else's by now. */
    forget(): void {
      coming.clear();
      makers.clear();
    },
    processOf,
  };
};
