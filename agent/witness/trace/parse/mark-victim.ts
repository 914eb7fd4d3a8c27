import { type Bytes, decodeBytes } from './bytes.ts';

/** `mark_victim`: chosen for want of memory. */
export interface MarkedVictim {
  pid: number;
  /** null: an older kernel, which tells only the pid. */
  comm: string | null;
  /** Anonymous memory in use; null as `comm`. */
  anonBytes: number | null;
}

const sizes = [
  'total-vm=\\d{1,20}kB anon-rss=(\\d{1,20})kB file-rss:\\d{1,20}kB shmem-rss:\\d{1,20}kB',
  'uid=\\d{1,10} pgtables=\\d{1,20}kB oom_score_adj=-?\\d{1,5}',
].join(' ');
const shape = new RegExp(`^pid=(\\d{1,10})(?: comm=([\\s\\S]{0,15}) ${sizes})?$`);

/** The pid is in front of what others choose (include/trace/events/oom.h); null: another text. */
export const parseMarkVictim = (text: Bytes): MarkedVictim | null => {
  const [, pid, comm, anonKib] = shape.exec(text) ?? [];
  if (pid === undefined) return null;
  return {
    pid: Number(pid),
    comm: comm === undefined ? null : decodeBytes(comm),
    anonBytes: anonKib === undefined ? null : Number(anonKib) * 1024,
  };
};
