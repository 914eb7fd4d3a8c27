import { createThreads } from './threads.ts';

/** A program that a process became. */
export interface Exec {
  /** ms on the monotonic clock. */
  at: number;
  file: string | null;
  /** It did begin: it was not only asked for. */
  began: boolean;
  argv: string[] | null;
}

/** What the kernel's records tell of one process, from its beginning to its end. */
export interface ProcessLife {
  pid: number;
  parent: number | null;
  beganAt: number | null;
  /** Newest last, at most `maxExecs`. */
  execs: Exec[];
  endedAt: number | null;
  comm: string;
}

/** A process may become another program as often as it likes. */
const maxExecs = 6;

/** Arguments are told as execve is asked, and the file when it has succeeded: ms between the two. */
const execMs = 1000;

const isSoonAfter = (at: number, asked: number): boolean => at >= asked && at - asked < execMs;

/** An end takes no longer, and then somebody else may have the pid. ms */
const endingMs = 1000;

const maxLives = 1024;

/** How many of those that last are kept for longer. */
const maxLasting = 64;

/** Puts in the last place. @returns who had to go for it */
const putIn = (
  lives: Map<number, ProcessLife>,
  life: ProcessLife,
  most: number,
): ProcessLife | undefined => {
  lives.delete(life.pid);
  lives.set(life.pid, life);
  const [oldest] = lives.values();
  if (lives.size <= most || !oldest) return undefined;
  lives.delete(oldest.pid);
  return oldest;
};

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

  const keep = (life: ProcessLife): void => void putIn(lasting, life, maxLasting);

  const put = (life: ProcessLife): ProcessLife => {
    lasting.delete(life.pid);
    const gone = putIn(lives, life, most);
    if (gone?.endedAt === null && isAskedFor(gone.pid)) keep(gone);
    return life;
  };

  const find = (pid: number): ProcessLife | undefined => lives.get(pid) ?? lasting.get(pid);

  const fresh = (pid: number, comm: string): ProcessLife => ({
    ...{ pid, comm, parent: null, beganAt: null, execs: [], endedAt: null },
  });

  const of = (pid: number, comm: string): ProcessLife => find(pid) ?? put(fresh(pid, comm));

  const addExec = (life: ProcessLife, exec: Exec): void => {
    life.execs = [...life.execs, exec].slice(-maxExecs);
  };

  return {
    /** One that began before anything was told of it. */
    stands: keep,
    /** The next that this task begins is a thread with this number. */
    threadComes: threads.comes,
    threadEnded: threads.ended,
    forgetThreads: threads.forget,
    /** The process that a thread is of; of no thread, itself. */
    processOf: threads.processOf,
    forked(at: number, parent: number, child: number, comm: string): void {
      if (!threads.begun(parent, child)) put({ ...fresh(child, comm), parent, beganAt: at });
    },
    /** It asks to become another program; where that fails, nothing else is told. */
    asked(at: number, pid: number, comm: string, argv: string[]): void {
      const life = of(pid, comm);
      // That it succeeded may have been read before: the kernel goes on while two records of it are read in turn.
      const begun = life.execs.find((exec) => exec.argv === null && isSoonAfter(exec.at, at));
      if (begun) begun.argv = argv;
      else addExec(life, { at, file: null, began: false, argv });
    },
    became(at: number, pid: number, comm: string, file: string): void {
      const life = of(pid, comm);
      life.comm = comm;
      const last = life.execs.at(-1);
      const isAsked = last && !last.began && isSoonAfter(at, last.at);
      if (isAsked) Object.assign(last, { file, began: true });
      else addExec(life, { at, file, began: true, argv: null });
    },
    /** Its first instruction: which file it is has been told. */
    entered(at: number, pid: number, comm: string, argv: string[]): void {
      const last = of(pid, comm).execs.at(-1);
      if (last && last.argv === null && at >= last.at) last.argv = argv;
      else addExec(of(pid, comm), { at, file: null, began: true, argv });
    },
    ended(at: number, pid: number, comm: string): ProcessLife {
      const life = of(pid, comm);
      life.endedAt = at;
      life.comm = comm;
      return life;
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

/** The program it was at that time. One that was asked for and has no file never began. */
export const programAt = ({ execs }: ProcessLife, at: number): Exec | null =>
  execs.findLast((exec) => exec.at <= at && exec.began) ?? null;
