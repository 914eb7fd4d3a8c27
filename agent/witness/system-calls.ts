import { createRequire } from 'node:module';
import { loadTrim } from '../os/spare-memory.ts';

/** Linux, the same on x86-64 and arm64. */
const F_GETFL = 3;
const F_SETFL = 4;
const O_NONBLOCK = 0o4000;
const EFD_CLOEXEC = 0o2000000;
const POLLIN = 1;
const SCHED_FIFO = 1;
const RLIMIT_RTTIME = 15;

/** struct pollfd: int, short, short. */
const pollfdBytes = 8;

/**
 * The few calls that Node has no words for.
 * @throws where the FFI cannot load
 */
export const loadSystemCalls = () => {
  const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
  const libc = koffi.load(null);
  const fcntl = libc.func('int fcntl(int fd, int command, ...)');
  const poll = libc.func('int poll(void *fds, unsigned long count, int timeout)');
  const eventfd = libc.func('int eventfd(unsigned int initial, int flags)');
  const setScheduler = libc.func('int sched_setscheduler(int pid, int policy, const void *param)');
  const setLimit = libc.func('int setrlimit(int resource, const void *limit)');
  return {
    /** From now on reading it never waits. */
    setNonBlocking(fd: number): void {
      fcntl(fd, F_SETFL, 'int', fcntl(fd, F_GETFL, 'int', 0) | O_NONBLOCK);
    },
    /** A descriptor that becomes readable when eight bytes are written to it; negative: none is to be had. */
    eventfd: (): number => eventfd(0, EFD_CLOEXEC),
    /** Resolves when one of them can be read. */
    poll: (...fds: number[]): Promise<void> => {
      const list = Buffer.alloc(fds.length * pollfdBytes);
      for (const [i, fd] of fds.entries()) {
        list.writeInt32LE(fd, i * pollfdBytes);
        list.writeInt16LE(POLLIN, i * pollfdBytes + 4);
      }
      return new Promise((resolve) => poll.async(list, fds.length, -1, () => resolve()));
    },
    /** What was freed goes back to the system, also from among what is in use. */
    giveBackMemory: loadTrim(),
    /**
     * This thread, and those it begins from now on, go before all ordinary ones. Whoever then works so long without a
     * pause is killed.
     * @param limitMs RLIMIT_RTTIME (getrlimit(2))
     * @returns false where it is refused
     */
    becomeRealTime(limitMs: number): boolean {
      const limit = Buffer.alloc(16);
      limit.writeBigUInt64LE(BigInt(limitMs) * 1000n, 0);
      limit.writeBigUInt64LE(BigInt(limitMs) * 1000n, 8);
      const priority = Buffer.alloc(4);
      priority.writeInt32LE(1);
      return setLimit(RLIMIT_RTTIME, limit) === 0 && setScheduler(0, SCHED_FIFO, priority) === 0;
    },
  };
};

export type SystemCalls = ReturnType<typeof loadSystemCalls>;
