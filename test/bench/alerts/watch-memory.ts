import { anonymousMb } from '../processes.ts';
import { largest } from '../row.ts';

const everyMs = 200;

/** Looks at the anonymous memory of a process; what it returns ends that, and gives the largest that was seen, MB. */
export const watchMemory = (pid: number): (() => number) => {
  const seen: number[] = [];
  const look = setInterval(() => seen.push(anonymousMb(pid)), everyMs);
  return () => {
    clearInterval(look);
    return largest(seen);
  };
};
