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

const addExec = (life: ProcessLife, exec: Exec): void => {
  life.execs = [...life.execs, exec].slice(-maxExecs);
};

/** It asks to become another program; where that fails, nothing else is told. */
export const asked = (life: ProcessLife, at: number, argv: string[]): void => {
  // That it succeeded may have been read before: the kernel goes on while two records of it are read in turn.
  const begun = life.execs.find((exec) => exec.argv === null && isSoonAfter(exec.at, at));
  if (begun) begun.argv = argv;
  else addExec(life, { at, file: null, began: false, argv });
};

export const became = (life: ProcessLife, at: number, comm: string, file: string): void => {
  life.comm = comm;
  const last = life.execs.at(-1);
  const isAsked = last && !last.began && isSoonAfter(at, last.at);
  if (isAsked) Object.assign(last, { file, began: true });
  else addExec(life, { at, file, began: true, argv: null });
};

/** Its first instruction: which file it is has been told. */
export const entered = (life: ProcessLife, at: number, argv: string[]): void => {
  const last = life.execs.at(-1);
  if (last && last.argv === null && at >= last.at) last.argv = argv;
  else addExec(life, { at, file: null, began: true, argv });
};

/** Whether it became another program after that time, and until that one. */
export const becameBetween = ({ execs }: ProcessLife, from: number, until: number): boolean =>
  execs.some(({ at, began }) => began && at > from && at <= until);

/** The program it was at that time. One that was asked for and has no file never began. */
export const programAt = ({ execs }: ProcessLife, at: number): Exec | null =>
  execs.findLast((exec) => exec.at <= at && exec.began) ?? null;
