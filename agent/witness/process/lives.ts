import { putLast } from '../put-last.ts';
import { asked, became, entered, type ProcessLife } from './process-life.ts';
import { createThreads } from './threads.ts';

/** An end takes no longer, and then somebody else may have the pid. ms */
const endingMs = 1000;

const maxLives = 1024;

/** How many of those that last are kept for longer: a link has a few clients on each server. */
const maxLasting = 256;

interface LivesOptions {
  most?: number;
  /** Whether the end of that process will be asked about, however long it lasts. */
  isAskedFor?(pid: number): boolean;
}

const nobody = (): boolean => false;

/** Processes as the kernel's records tell of them. Bounded: the longest untouched go first. */
export const createLives = ({ most = maxLives, isAskedFor = nobody }: LivesOptions = {}) => {
  const lives = new Map<number, ProcessLife>();
  const lasting = new Map<number, ProcessLife>();
  const threads = createThreads(most);

  const keep = (life: ProcessLife): void => void putLast(lasting, life.pid, life, maxLasting);

  const put = (life: ProcessLife): ProcessLife => {
    lasting.delete(life.pid);
    const gone = putLast(lives, life.pid, life, most);
    if (gone?.endedAt === null && isAskedFor(gone.pid)) keep(gone);
    return life;
  };

  const find = (pid: number): ProcessLife | undefined => lives.get(pid) ?? lasting.get(pid);

  const fresh = (pid: number, comm: string): ProcessLife => ({
    ...{ pid, comm, parent: null, beganAt: null, execs: [], endedAt: null },
  });

  const of = (pid: number, comm: string): ProcessLife => find(pid) ?? put(fresh(pid, comm));

  return {
    /** One that is there: nothing was told of its beginning, or that was lost, or is long forgotten. */
    stands(life: ProcessLife): void {
      if (find(life.pid)?.endedAt === null) return;
      lives.delete(life.pid);
      keep(life);
    },
    /** The next that this task begins is a thread with this number. */
    threadComes: threads.comes,
    threadEnded: threads.ended,
    forgetThreads: threads.forget,
    /** The process that a thread is of; of no thread, itself. */
    processOf: threads.processOf,
    forked(at: number, parent: number, child: number, comm: string): void {
      if (!threads.begun(parent, child)) put({ ...fresh(child, comm), parent, beganAt: at });
    },
    asked: (at: number, pid: number, comm: string, argv: string[]): void =>
      asked(of(pid, comm), at, argv),
    became: (at: number, pid: number, comm: string, file: string): void =>
      became(of(pid, comm), at, comm, file),
    entered: (at: number, pid: number, comm: string, argv: string[]): void =>
      entered(of(pid, comm), at, argv),
    ended(at: number, pid: number, comm: string): ProcessLife {
      const life = of(pid, comm);
      life.endedAt = at;
      life.comm = comm;
      // Its place is for one that still lasts.
      return lasting.has(pid) ? put(life) : life;
    },
    /** Who had the pid at that time; null where that is not known. */
    at(pid: number, at: number): ProcessLife | null {
      const life = find(pid);
      if (!life || (life.beganAt !== null && life.beganAt > at)) return null;
      return life.endedAt !== null && life.endedAt < at - 1 ? null : life;
    },
    /** It ended, though nothing told of that. */
    forget(pid: number): void {
      lives.delete(pid);
      lasting.delete(pid);
    },
    /** It was ending by then: the kernel says so before it closes the files of a process, and so before anybody sees it. */
    wasEnding(pid: number, at: number): boolean {
      const endedAt = find(pid)?.endedAt ?? null;
      return endedAt !== null && endedAt <= at && at - endedAt < endingMs;
    },
    /** Somebody else has the pid since then. */
    usedAgain(pid: number, at: number): boolean {
      const beganAt = find(pid)?.beganAt ?? null;
      return beganAt !== null && beganAt > at;
    },
    /** Those that became another program from then until then, the longest untouched first. */
    begun: (from: number, until: number): ProcessLife[] =>
      [...lives.values()].filter(({ execs }) =>
        execs.some(({ at, began }) => began && at >= from && at <= until),
      ),
    size: () => lives.size,
  };
};

export type Lives = ReturnType<typeof createLives>;
